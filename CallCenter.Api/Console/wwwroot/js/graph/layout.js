// Lays out a declared workflow by rule: layers from the top to the bottom, as few crossings as the order within a layer
// allows, straight lines where it can, and lanes at the side for the ways that lead back.
import { END, START } from '/console/js/graph/trace.js';

// Widths of a state, gaps, and how wide a label may be; `lines`: over how many lines a state's name may go.
export const wide = { nodeWidth: [168, 240], lines: 1, gap: 36, layerGap: 38, labelGap: 60, lane: 28, label: 120 };
export const narrow = { nodeWidth: [116, 132], lines: 2, gap: 14, layerGap: 32, labelGap: 54, lane: 16, label: 84 };

const LINE = 15;
const NAME_LINE = 17;
const AROUND_NAME = 52;

// More than enough for the places to come to rest; a workflow of twenty states takes some milliseconds.
const ROUNDS = 400;

// A line that is off by less is drawn straight.
const STRAIGHT_ENOUGH = 9;

// How much a line wants to be straight: the usual way most, the handling of a failure least.
const STRAIGHT = { next: 400, choice: 2, catch: 1, option: 1 };

// `measure` gives the width of a text as it will be drawn: { name, label }.
export function layout(definition, metrics, measure) {
  const nodes = makeNodes(definition, metrics, measure);
  const edges = makeEdges(definition, nodes, metrics, measure);
  markLoops(nodes, edges);
  assignLayers(nodes, edges);
  const layers = makeLayers(nodes, edges);
  reduceCrossings(layers);
  placeAcross(layers, metrics);
  placeDown(layers, edges, metrics);
  const lanes = placeLanes(nodes, layers, edges, metrics);
  return finish(nodes, layers, edges, lanes);
}

function makeNodes(definition, metrics, measure) {
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
function makeEdges(definition, nodes, metrics, measure) {
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

// As few lines as fit, and these as narrow as they can be: three of a length look better than two and a rest.
function wrap(text, width, measured) {
  const lines = fill(text, width, measured);
  for (let narrower = width - 6; narrower > 0; narrower -= 6) {
    const other = fill(text, narrower, measured);
    if (other.length > lines.length || Math.max(...other.map(measured)) > narrower) return fill(text, narrower + 6, measured);
  }
  return lines;
}

function fill(text, width, measured) {
  const [first, ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (measured(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
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

function reduceCrossings(layers) {
  let best = layers.map(layer => [...layer]);
  let fewest = Infinity;
  for (let round = 0; round < 12; round++) {
    const down = round % 2 === 0;
    const order = down ? layers.keys() : [...layers.keys()].reverse();
    for (const index of order) sortByNeighbours(layers, index, down);
    const count = crossings(layers);
    if (count < fewest) {
      fewest = count;
      best = layers.map(layer => [...layer]);
    }
  }
  best.forEach((layer, index) => layers.splice(index, 1, layer));
}

function sortByNeighbours(layers, index, down) {
  const neighbours = layers[down ? index - 1 : index + 1];
  if (!neighbours) return;
  const weight = new Map(layers[index].map((node, at) => {
    const ways = down ? node.inward : node.outward;
    return [node, mean(ways.map(way => ({ value: neighbours.indexOf(way.node), weight: 1 })), at)];
  }));
  layers[index].sort((a, b) => weight.get(a) - weight.get(b));
}

function crossings(layers) {
  let count = 0;
  layers.slice(0, -1).forEach((layer, index) => {
    const ways = layer.flatMap((node, at) => node.outward.map(way => [at, layers[index + 1].indexOf(way.node)]));
    for (const [a, b] of ways) for (const [c, d] of ways) if (a < c && b > d) count++;
  });
  return count;
}

// Each node wants to stand at the middle of its neighbours; each layer keeps its order and its gaps.
function placeAcross(layers, metrics) {
  for (const layer of layers) spread(layer, layer.map(() => 0), metrics.gap);
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of round % 2 === 0 ? layers : [...layers].reverse()) {
      const wanted = layer.map(node => mean([...node.inward, ...node.outward].map(way => ({ value: way.node.x, weight: way.weight })), node.x));
      spread(layer, wanted, metrics.gap);
    }
  }
}

// The places nearest to those wanted that keep the order and the gaps: neighbours that would overlap move as one block, in
// which each has as much to say as its lines want to be straight.
function spread(layer, wanted, gap) {
  const offsets = [];
  layer.forEach((node, index) => {
    offsets.push(index === 0 ? 0 : offsets[index - 1] + (layer[index - 1].w + node.w) / 2 + gap);
  });
  const blocks = [];
  const at = block => block.sum / block.weight;
  layer.forEach((node, index) => {
    const weight = [...node.inward, ...node.outward].reduce((sum, way) => sum + way.weight, 0) || 1;
    blocks.push({ sum: weight * (wanted[index] - offsets[index]), weight, count: 1 });
    while (blocks.length > 1 && at(blocks.at(-2)) > at(blocks.at(-1))) {
      const { sum, weight: more, count } = blocks.pop();
      blocks.at(-1).sum += sum;
      blocks.at(-1).weight += more;
      blocks.at(-1).count += count;
    }
  });
  let index = 0;
  for (const block of blocks) for (let i = 0; i < block.count; i++, index++) layer[index].x = at(block) + offsets[index];
}

function placeDown(layers, edges, metrics) {
  let y = 0;
  layers.forEach((layer, index) => {
    const height = Math.max(...layer.map(node => node.h));
    for (const node of layer) node.y = y + height / 2;
    const labelled = edges.some(edge => !edge.loop && edge.lines.length > 0 && edge.stops.length === 2 && edge.from.layer === index);
    y += height + (labelled ? metrics.labelGap : metrics.layerGap);
  });
}

// Ways back run outside of everything between their ends, at the side where both ends are nearest, each in a lane of its own.
function placeLanes(nodes, layers, edges, metrics) {
  const middle = mean([...nodes.values()].map(node => ({ value: node.x, weight: 1 })));
  const used = { left: [], right: [] };
  for (const edge of edges.filter(candidate => candidate.loop)) {
    const side = edge.from.x >= middle - 1 ? 'right' : 'left';
    const sign = side === 'right' ? 1 : -1;
    const between = layers.slice(edge.to.layer, edge.from.layer + 1).flat();
    const edgeOf = node => sign * node.x + node.w / 2;
    const inner = Math.max(...between.map(edgeOf), ...used[side].map(other => other.outer));
    edge.side = sign;
    edge.lane = sign * (inner + metrics.lane);
    used[side].push({ outer: inner + metrics.lane + Math.max(edge.labelWidth + 10, 26) });
  }
  return used;
}

function finish(nodes, layers, edges, lanes) {
  for (const edge of edges) {
    edge.path = edge.loop ? lanePath(edge) : downPath(edge);
  }
  const all = layers.flat();
  const left = Math.min(...all.map(node => node.x - node.w / 2), ...lanes.left.map(lane => -lane.outer));
  const right = Math.max(...all.map(node => node.x + node.w / 2), ...lanes.right.map(lane => lane.outer));
  const top = Math.min(...all.map(node => node.y - node.h / 2));
  const bottom = Math.max(...all.map(node => node.y + node.h / 2));
  const pad = 8;
  return {
    nodes: [...nodes.values()],
    edges,
    box: { x: left - pad, y: top - pad, w: right - left + 2 * pad, h: bottom - top + 2 * pad },
  };
}

// Lines that meet at a node's edge stand side by side, in the order of where they come from; the one that wants most to be
// straight, where there is one, has the middle.
function port(node, other, ways) {
  if (node.bend || ways.length < 2) return node.x;
  const order = [...ways].sort((a, b) => a.node.x - b.node.x);
  const most = Math.max(...ways.map(way => way.weight));
  const straight = order.filter(way => way.weight === most);
  const middle = straight.length === 1 ? order.indexOf(straight[0]) : (order.length - 1) / 2;
  const step = Math.min(32, (node.w / 2 - 16) / Math.max(middle, order.length - 1 - middle));
  return node.x + (order.findIndex(way => way.node === other) - middle) * step;
}

function downPath(edge) {
  const stops = edge.stops;
  const points = [];
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1], stops[i]];
    const x1 = port(from, to, from.outward);
    const x2 = port(to, from, to.inward);
    const straight = Math.abs(x1 - x2) < STRAIGHT_ENOUGH;
    points.push({ x1, y1: from.y + from.h / 2, x2: straight ? x1 : x2, y2: to.y - to.h / 2 });
  }
  const first = points[0];
  edge.labelAt = stops.length > 2
    ? { x: stops[1].x, y: stops[1].y }
    : { x: (first.x1 + first.x2) / 2, y: (first.y1 + first.y2) / 2 };
  return points.reduce((path, { x1, y1, x2, y2 }) => {
    const half = (y1 + y2) / 2;
    return `${path}${path === '' ? 'M' : ' L'}${n(x1)} ${n(y1)} C${n(x1)} ${n(half)} ${n(x2)} ${n(half)} ${n(x2)} ${n(y2)}`;
  }, '');
}

function lanePath({ from, to, lane, side }) {
  const radius = 12 * side;
  const x1 = from.x + side * from.w / 2;
  const x2 = to.x + side * to.w / 2;
  return `M${n(x1)} ${n(from.y)} H${n(lane - radius)} Q${n(lane)} ${n(from.y)} ${n(lane)} ${n(from.y - 12)}`
    + ` V${n(to.y + 12)} Q${n(lane)} ${n(to.y)} ${n(lane - radius)} ${n(to.y)} H${n(x2)}`;
}

export const labelOf = edge => (edge.loop
  ? { x: edge.lane + edge.side * 8, y: (edge.from.y + edge.to.y) / 2, anchor: edge.side > 0 ? 'start' : 'end', line: LINE }
  : { ...edge.labelAt, anchor: 'middle', line: LINE });

function mean(items, otherwise) {
  const weight = items.reduce((sum, item) => sum + item.weight, 0);
  return weight > 0 ? items.reduce((sum, item) => sum + item.value * item.weight, 0) / weight : otherwise;
}

const n = value => Math.round(value * 10) / 10;
