// Where the boxes stand: straight lines where it can be, and lanes at the side for the ways that lead back.

// More than enough for the places to come to rest; a workflow of twenty states takes some milliseconds.
const ROUNDS = 400;

// Each node wants to stand at the middle of its neighbours; each layer keeps its order and its gaps.
export function placeAcross(layers, metrics) {
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

export function placeDown(layers, edges, metrics) {
  let y = 0;
  layers.forEach((layer, index) => {
    const height = Math.max(...layer.map(node => node.h));
    for (const node of layer) node.y = y + height / 2;
    const labelled = edges.some(edge => !edge.loop && edge.lines.length > 0 && edge.stops.length === 2 && edge.from.layer === index);
    y += height + (labelled ? metrics.labelGap : metrics.layerGap);
  });
}

// Ways back run outside of everything between their ends, at the side where both ends are nearest, each in a lane of its own.
export function placeLanes(nodes, layers, edges, metrics) {
  const middle = mean(nodes.map(node => ({ value: node.x, weight: 1 })));
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

function mean(items, otherwise) {
  const weight = items.reduce((sum, item) => sum + item.weight, 0);
  return weight > 0 ? items.reduce((sum, item) => sum + item.value * item.weight, 0) / weight : otherwise;
}
