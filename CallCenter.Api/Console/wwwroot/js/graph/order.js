// The order within each layer: as few crossings as sorting by the neighbours above and below comes to.

export function reduceCrossings(layers) {
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
    const sum = ways.reduce((total, way) => total + neighbours.indexOf(way.node), 0);
    return [node, ways.length > 0 ? sum / ways.length : at];
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
