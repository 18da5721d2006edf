// The filters of the list as the address has them, and as the contract wants them.

const MINUTE = 60_000;
export const SIZES = [25, 50, 100, 200];
const SIZE = 50;

export const isInbox = filter => filter.waiting === 'true';

export const sizeOf = ({ top }) => (SIZES.includes(Number(top)) ? Number(top) : SIZE);

export const sizeText = size => (Number(size) === SIZE ? '' : String(size));

// Whether anything is left out. How the rest is sorted and cut into pages leaves nothing out.
export const isFiltered = ({ order, top, ...filters }) => Object.values(filters).some(Boolean);

export function toQuery({ status, search, prefix, waiting, order, minutes, from, to }, asOf) {
  const since = Number(minutes) > 0 ? new Date(asOf - minutes * MINUTE).toISOString() : utc(from);
  const query = { status, search, prefix, waiting, order, from: since, to: utc(to) };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value));
}

// What the first page is asked for.
export const firstQuery = (filter, asOf) => ({ ...toQuery(filter, asOf), top: sizeOf(filter) });

// The fields speak the reader's time, the contract UTC. What is no time is left to the server to refuse.
function utc(local) {
  if (!local) return '';
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

// As the contract compares when it searches: blanks and capitals make no difference.
export const folded = text => text.replace(/\s+/g, '').toLowerCase();
