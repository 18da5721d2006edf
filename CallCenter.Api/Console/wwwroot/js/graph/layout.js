// Lays out a declared workflow by rule, so that a new state needs no drawing by hand: layers from the top to the bottom, an
// order within each, a place for each box, a route for each line.
import { layers as makeLayers } from './layers.js';
import { reduceCrossings } from './order.js';
import { placeAcross, placeDown, placeLanes } from './place.js';
import { downPath, lanePath } from './route.js';

// Widths of a state, gaps, and how wide a label may be; `lines`: over how many lines a state's name may go.
export const wide = { nodeWidth: [168, 240], lines: 1, gap: 36, layerGap: 38, labelGap: 60, lane: 28, label: 120 };
export const narrow = { nodeWidth: [116, 132], lines: 2, gap: 14, layerGap: 32, labelGap: 54, lane: 16, label: 84 };

const PAD = 8;

// A state that has flows of its own is as large as these laid out side by side; `nested` says that this is such a flow.
export function layout(definition, metrics, nested = false) {
  const within = new Map(definition.states.map(state => [state.name, flowsOf(state).map(flow => layout(flow, metrics, true))]));
  const { nodes, edges, layers } = makeLayers(definition, metrics, within, nested);
  reduceCrossings(layers);
  placeAcross(layers, metrics);
  placeDown(layers, edges, metrics);
  const lanes = placeLanes(nodes, layers, edges, metrics);
  for (const edge of edges) edge.path = edge.loop ? lanePath(edge) : downPath(edge);
  return { nodes, edges, box: around(layers.flat(), lanes) };
}

const flowsOf = state => state.branches ?? (state.itemProcessor ? [state.itemProcessor] : []);

function around(all, lanes) {
  const left = Math.min(...all.map(node => node.x - node.w / 2), ...lanes.left.map(lane => -lane.outer));
  const right = Math.max(...all.map(node => node.x + node.w / 2), ...lanes.right.map(lane => lane.outer));
  const top = Math.min(...all.map(node => node.y - node.h / 2));
  const bottom = Math.max(...all.map(node => node.y + node.h / 2));
  return { x: left - PAD, y: top - PAD, w: right - left + 2 * PAD, h: bottom - top + 2 * PAD };
}
