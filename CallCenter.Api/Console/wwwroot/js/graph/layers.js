// The boxes and lines of a workflow, and the layer that each box stands in: every way but those that lead back goes down.
import { measure, wrap } from './text.js';
import { END, START } from './trace.js';
import { typeMark } from './types.js';

const NAME_LINE = 17;
const AROUND_NAME = 52;

// Room for the mark of a state's type, where it has one, and around the flows within a state.
const TYPE_MARK = 22;
const AROUND_FLOWS = 12;
const BESIDE_FLOW = 10;

// How much a line wants to be straight: the usual way most, the handling of a failure least.
const STRAIGHT = { next: 400, choice: 2, default: 2, catch: 1, option: 1 };

export function layers(definition, metrics, within, nested) {
  const nodes = makeNodes(definition, metrics, within, nested);
  const edges = makeEdges(definition, nodes, metrics);
  markLoops(nodes, edges);
  assignLayers(nodes, edges);
  return { nodes: [...nodes.values()], edges, layers: makeLayers(nodes, edges) };
}

function makeNodes(definition, metrics, within, nested) {
  const [least, most] = nested ? metrics.nodeWidth.map(width => 0.75 * width) : metrics.nodeWidth;
  const around = state => AROUND_NAME + (typeMark(state.type) ? TYPE_MARK : 0);
  const names = definition.states.map(state => (metrics.lines === 1
    ? [state.name]
    : wrap(state.name, most - around(state), measure.name).slice(0, metrics.lines)));
  const w = Math.min(most, Math.max(least, ...definition.states.flatMap((state, index) => names[index].map(line => measure.name(line) + around(state)))));
  // There is no note under the name of a state within another.
  const h = (nested ? 21 : 38) + NAME_LINE * Math.max(...names.map(lines => lines.length));
  const states = definition.states.map((state, index) => ({
    id: state.name, state, nested, lines: names[index], lineHeight: NAME_LINE, head: h, ...sizeOf(within.get(state.name), w, h),
  }));
  const round = id => ({ id, state: null, w: 62, h: 26 });
  const all = nested ? states : [round(START), ...states, round(END)];
  return new Map(all.map(node => [node.id, { ...node, inward: [], outward: [] }]));
}

// The flows within a state stand side by side under its name.
function sizeOf(flows, w, h) {
  if (flows.length === 0) return { w, h, flows: [] };
  const wide = flows.reduce((sum, { box }) => sum + box.w, BESIDE_FLOW * (flows.length - 1));
  let x = Math.max(AROUND_FLOWS, (w - wide) / 2);
  const placed = flows.map(flow => {
    const at = { ...flow, x, y: h };
    x += flow.box.w + BESIDE_FLOW;
    return at;
  });
  return { w: Math.max(w, wide + 2 * AROUND_FLOWS), h: h + Math.max(...flows.map(({ box }) => box.h)) + AROUND_FLOWS, flows: placed };
}

// Two ways between the same two states are one line with both labels.
function makeEdges(definition, nodes, metrics) {
  const pairs = new Map();
  const add = (from, to, transition) => {
    if (!nodes.has(from) || !nodes.has(to)) return;
    const key = JSON.stringify([from, to]);
    if (!pairs.has(key)) pairs.set(key, { from: nodes.get(from), to: nodes.get(to), transitions: [], loop: false });
    if (transition) pairs.get(key).transitions.push(transition);
  };
  add(START, definition.startAt);
  definition.transitions.forEach(transition => add(transition.from, transition.to, transition));
  definition.states.filter(state => state.end).forEach(state => add(state.name, END));
  for (const edge of pairs.values()) {
    const labels = edge.transitions.map(transition => transition.label).filter(Boolean);
    edge.lines = labels.flatMap(label => wrap(label, metrics.label, measure.label));
    edge.weight = Math.max(...edge.transitions.map(transition => STRAIGHT[transition.kind] ?? 1), 1);
    edge.labelWidth = Math.max(0, ...edge.lines.map(measure.label));
  }
  return [...pairs.values()];
}

// A way that leads to a state which is still being gone through, depth first, leads back.
function markLoops(nodes, edges) {
  const state = new Map();
  const visit = node => {
    state.set(node, 'open');
    for (const edge of edges.filter(candidate => candidate.from === node)) {
      if (state.get(edge.to) === 'open') edge.loop = true;
      else if (!state.has(edge.to)) visit(edge.to);
    }
    state.set(node, 'closed');
  };
  for (const node of nodes.values()) if (!state.has(node)) visit(node);
}

// A node's layer is one below the lowest of those that lead to it.
function assignLayers(nodes, edges) {
  const layerOf = node => {
    node.layer ??= 1 + Math.max(-1, ...edges.filter(edge => edge.to === node && !edge.loop).map(edge => layerOf(edge.from)));
    return node.layer;
  };
  for (const node of nodes.values()) layerOf(node);
}

// A line over several layers passes each of them at a place of its own, wide enough for its label at the first.
function makeLayers(nodes, edges) {
  const layers = Array.from({ length: 1 + Math.max(...[...nodes.values()].map(node => node.layer)) }, () => []);
  for (const node of nodes.values()) layers[node.layer].push(node);
  for (const edge of edges.filter(candidate => !candidate.loop)) {
    edge.stops = [edge.from];
    for (let layer = edge.from.layer + 1; layer < edge.to.layer; layer++) {
      const first = layer === edge.from.layer + 1;
      const stop = { layer, w: first && edge.labelWidth ? edge.labelWidth + 12 : 12, h: 0, inward: [], outward: [], bend: true };
      layers[layer].push(stop);
      edge.stops.push(stop);
    }
    edge.stops.push(edge.to);
    for (let i = 1; i < edge.stops.length; i++) {
      const [from, to] = [edge.stops[i - 1], edge.stops[i]];
      // A long line goes straight from where it began, and bends where it ends.
      const weight = from.bend && to.bend ? STRAIGHT.next : to.bend ? 4 * edge.weight : edge.weight;
      from.outward.push({ node: to, weight });
      to.inward.push({ node: from, weight });
    }
  }
  return layers;
}
