// The boxes and lines of a workflow, and the layer that each box stands in: every way but those that lead back goes down.
import { measure, wrap } from './text.js';
import { END, START } from './trace.js';

const NAME_LINE = 17;
const AROUND_NAME = 52;

// How much a line wants to be straight: the usual way most, the handling of a failure least.
const STRAIGHT = { next: 400, choice: 2, catch: 1, option: 1 };

export function layers(definition, metrics) {
  const nodes = makeNodes(definition, metrics);
  const edges = makeEdges(definition, nodes, metrics);
  markLoops(nodes, edges);
  assignLayers(nodes, edges);
  return { nodes: [...nodes.values()], edges, layers: makeLayers(nodes, edges) };
}

function makeNodes(definition, metrics) {
  const [least, most] = metrics.nodeWidth;
  const room = most - AROUND_NAME;
  const names = definition.states.map(({ name }) => (metrics.lines === 1 ? [name] : wrap(name, room, measure.name).slice(0, metrics.lines)));
  const w = Math.min(most, Math.max(least, ...names.flat().map(line => measure.name(line) + AROUND_NAME)));
  const h = 38 + NAME_LINE * Math.max(...names.map(lines => lines.length));
  const states = definition.states.map((state, index) => ({ id: state.name, state, lines: names[index], lineHeight: NAME_LINE, w, h }));
  const round = id => ({ id, state: null, w: 62, h: 26 });
  return new Map([round(START), ...states, round(END)].map(node => [node.id, { ...node, inward: [], outward: [] }]));
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
