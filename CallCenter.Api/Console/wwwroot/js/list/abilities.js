// What the host's list can do, as it says itself; and why something is not there, for the title of the place where one would look for it.

const LEAST = { orders: ['newest'], search: false, total: false };

export const abilitiesOf = workflow => ({ ...LEAST, ...workflow.list });

const ORDERS = [
  ['newest', 'Newest first'], ['oldest', 'Oldest first'], ['longest', 'Longest first'], ['shortest', 'Shortest first'], ['deadline', 'Deadline first'],
];

// The orders to choose from: [value, text]. What waits for nobody has no deadline.
export function ordersOf(workflow) {
  const { orders } = abilitiesOf(workflow);
  return ORDERS.filter(([value]) => orders.includes(value) && (value !== 'deadline' || workflow.events.length > 0));
}

export const orderText = order => new Map(ORDERS).get(order ?? 'newest')?.toLowerCase() ?? order;

export function whyNoMoreOrders(workflow) {
  const lacking = ORDERS.filter(([value]) => !abilitiesOf(workflow).orders.includes(value)).map(([, text]) => text.replace(' first', '').toLowerCase());
  return lacking.length === 0 ? null : `This host cannot sort by ${either(lacking)}: it would have to read every ${workflow.words.item} first.`;
}

export const whyNoSearch = workflow => (abilitiesOf(workflow).search
  ? null
  : `This host finds ${workflow.words.items} only by the beginning of their instance id: for anything else it would have to read every ${workflow.words.item}.`);

export const whyNoTotal = ({ words }) => `This host does not count how many ${words.items} match: it would have to read them all.`;

const either = list => (list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} or ${list.at(-1)}`);
