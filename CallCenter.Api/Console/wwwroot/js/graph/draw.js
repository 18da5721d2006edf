// Draws a laid-out workflow as SVG, once; after that only what an instance changes is changed, so that focus stays where it is.
import { setAttribute, setText, svg } from '../lib/dom.js';
import { iconShape } from '../lib/icons.js';
import { labelOf } from './route.js';
import { fitting, measure, shorten } from './text.js';
import { edgeKey, START } from './trace.js';
import { typeMark } from './types.js';

const SMALLEST = 0.72;

// What a state's icon and the edge of its box take from the room for a note.
const NOTE_MARGIN = 48;

const HEADS = ['idle', 'taken', 'faint'];

// Without `select` it is a picture and nothing else.
export function drawGraph(laidOut, { name, select }) {
  const { box } = laidOut;
  const all = { lines: [], boxes: [] };
  const element = svg('svg', {
    class: 'graph', viewBox: `${box.x} ${box.y} ${box.w} ${box.h}`, role: 'group', 'aria-label': name,
  }, svg('defs', {}, HEADS.map(arrowHead)), drawFlow(laidOut, select, all));
  // Never larger than it was laid out: text in it is then as large as beside it. Never so small that it cannot be read: a
  // picture that is wider than its place is scrolled.
  element.style.maxWidth = `${Math.round(box.w)}px`;
  element.style.minWidth = `${Math.round(SMALLEST * box.w)}px`;

  return {
    element,
    // `captions`: what may stand under a state's name, the longest first.
    update(traced, { selected, ended, captions, more }) {
      for (const line of all.lines) updateEdge(line, traced, ended, more);
      for (const stateBox of all.boxes) updateState(stateBox, traced, selected, captions);
    },
  };
}

// What is drawn is also noted in `all`, the flows within states included.
function drawFlow({ nodes, edges }, select, all) {
  const lines = edges.map(edge => ({ edge, ...drawEdge(edge) }));
  const boxes = nodes.filter(node => node.state).map(node => ({ node, ...drawState(node, select) }));
  const rounds = nodes.filter(node => !node.state).map(drawRound);
  all.lines.push(...lines);
  all.boxes.push(...boxes);
  return [
    lines.map(line => line.element), rounds,
    boxes.map(({ node, element }) => [element, node.flows.map(flow => drawWithin(node, flow, select, all))]),
    // Above everything: a line must never run through a text.
    lines.map(line => line.label)];
}

const drawWithin = (node, flow, select, all) => svg('g', {
  class: 'flow', transform: `translate(${node.x - node.w / 2 + flow.x - flow.box.x} ${node.y - node.h / 2 + flow.y - flow.box.y})`,
}, drawFlow(flow, select, all));

const arrowHead = kind => svg('marker', {
  id: `head-${kind}`, class: `head head-${kind}`, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 9, markerHeight: 9,
  markerUnits: 'userSpaceOnUse', orient: 'auto-start-reverse',
}, svg('path', { d: 'M0 .5L8 4L0 7.5z' }));

function drawEdge(edge) {
  const path = svg('path', { class: 'edge-line', d: edge.path });
  const at = labelOf(edge);
  const count = svg('tspan', { class: 'edge-count', x: at.x, dy: edge.lines.length ? at.line : 0 });
  const top = at.y - ((edge.lines.length - 1) * at.line) / 2;
  const label = svg('text', { class: 'edge-label', x: at.x, y: top, 'text-anchor': at.anchor, 'dominant-baseline': 'central' },
    edge.lines.map((line, index) => svg('tspan', { x: at.x, dy: index === 0 ? 0 : at.line }, line)), count);
  const kinds = edge.transitions.map(transition => `kind-${transition.kind}`).join(' ');
  return { element: svg('g', { class: `edge ${kinds}` }, path), path, label, count };
}

function updateEdge({ edge, element, path, label, count }, { taken }, ended, more) {
  const times = taken.get(edgeKey(edge.from.id, edge.to.id)) ?? 0;
  const look = times > 0 ? 'taken' : ended ? 'faint' : 'idle';
  setAttribute(element, 'data-look', look);
  setAttribute(label, 'data-look', look);
  setAttribute(path, 'marker-end', `url(#head-${look})`);
  setText(count, edge.loop && times > 0 ? `${times}${more ? ' or more' : ''} ×` : '');
}

const drawRound = node => svg('g', { class: 'round', 'aria-hidden': 'true' },
  svg('rect', { x: node.x - node.w / 2, y: node.y - node.h / 2, width: node.w, height: node.h, rx: node.h / 2 }),
  svg('text', { x: node.x, y: node.y, 'text-anchor': 'middle', 'dominant-baseline': 'central' }, node.id === START ? 'Start' : 'End'));

function drawState(node, select) {
  const [left, top] = [node.x - node.w / 2, node.y - node.h / 2];
  const { type } = node.state;
  const shape = type === 'Choice'
    ? svg('path', { class: 'state-shape', d: hexagon(left, top, node.w, node.h) })
    : svg('rect', { class: 'state-shape', x: left, y: top, width: node.w, height: node.h, rx: type === 'Succeed' ? node.h / 2 : 10 });
  // What is done many times looks like a pile.
  const pile = type === 'Map' && svg('rect', { class: 'state-shape state-pile', x: left + 5, y: top + 5, width: node.w, height: node.h, rx: 10 });
  const mark = svg('path', { class: 'state-icon', transform: `translate(${left + 16} ${top + node.head / 2 - 8})` });
  const kind = typeMark(type) && svg('path', { class: 'state-type', d: typeMark(type), transform: `translate(${left + node.w - 26} ${top + node.head / 2 - 8})` });
  const textAt = top + 19;
  const note = svg('text', { class: 'state-note', x: left + 40, y: textAt + node.lines.length * node.lineHeight, 'dominant-baseline': 'central' });
  const times = svg('text', { x: left + node.w - 20, y: top, 'text-anchor': 'middle', 'dominant-baseline': 'central' });
  const badge = svg('g', { class: 'state-times' }, svg('rect', { x: left + node.w - 36, y: top - 10, width: 32, height: 20, rx: 10 }), times);
  const element = svg('g', {
    class: 'state', 'data-state': node.id, ...(select && {
      tabindex: '0', role: 'button',
      click: () => select(node.id),
      keydown: event => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        select(node.id);
      },
    }),
  },
  svg('rect', { class: 'state-focus', x: left - 4, y: top - 4, width: node.w + 8, height: node.h + 8, rx: 14 }),
  pile, shape, mark, kind,
  svg('text', { class: 'state-name', 'dominant-baseline': 'central' }, node.lines.map((line, index) =>
    svg('tspan', { x: left + 40, y: textAt + index * node.lineHeight }, `${shorten(line, node.w - (kind ? 72 : 50), measure.name)} `))),
  note, badge);
  return { element, mark, note, times, badge };
}

function updateState({ node, element, mark, note, times, badge }, { tones, visits, current }, selected, captions) {
  const tone = tones.get(node.id);
  const visited = visits.get(node.id)?.length ?? 0;
  const text = node.nested ? '' : fitting(captions(node.id, tone), node.w - NOTE_MARGIN, measure.label);
  setAttribute(element, 'class', `state tone-${tone}`);
  setAttribute(element, 'aria-pressed', selected === null ? null : node.id === selected);
  setAttribute(element, 'aria-current', node.id === current ? 'step' : null);
  setAttribute(mark, 'd', iconShape(tone));
  setText(note, text);
  setText(times, `×${visited}`);
  setAttribute(badge, 'visibility', visited > 1 ? null : 'hidden');
}

const hexagon = (x, y, w, h) =>
  `M${x + 12} ${y}H${x + w - 12}L${x + w} ${y + h / 2}L${x + w - 12} ${y + h}H${x + 12}L${x} ${y + h / 2}Z`;
