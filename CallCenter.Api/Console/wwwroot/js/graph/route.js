// The lines: down from box to box, or back through a lane at the side, and where their labels stand.

const LINE = 15;

// A line that is off by less is drawn straight.
const STRAIGHT_ENOUGH = 9;

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

export function downPath(edge) {
  const stops = edge.stops;
  const points = [];
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1], stops[i]];
    // A line goes on from where its last piece came to, straightened or not.
    const x1 = i > 1 ? points.at(-1).x2 : port(from, to, from.outward);
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

// A way back to the same state leaves it a little below and comes back a little above.
export function lanePath({ from, to, lane, side }) {
  const radius = 12 * side;
  const apart = from === to ? 14 : 0;
  const [x1, y1] = [from.x + side * from.w / 2, from.y + apart];
  const [x2, y2] = [to.x + side * to.w / 2, to.y - apart];
  return `M${n(x1)} ${n(y1)} H${n(lane - radius)} Q${n(lane)} ${n(y1)} ${n(lane)} ${n(y1 - 12)}`
    + ` V${n(y2 + 12)} Q${n(lane)} ${n(y2)} ${n(lane - radius)} ${n(y2)} H${n(x2)}`;
}

export const labelOf = edge => (edge.loop
  ? { x: edge.lane + edge.side * 8, y: (edge.from.y + edge.to.y) / 2, anchor: edge.side > 0 ? 'start' : 'end', line: LINE }
  : { ...edge.labelAt, anchor: 'middle', line: LINE });

const n = value => Math.round(value * 10) / 10;
