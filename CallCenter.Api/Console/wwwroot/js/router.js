// The address after the #: `/` is the list with its filters, `/cases/{id}` a case.

export function parse(hash) {
  const [path, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [, section, id] = path.match(/^\/?(cases)?(?:\/([^/]+))?$/) ?? [];
  return section && id ? { page: 'case', id: decoded(id) } : { page: 'list', query: new URLSearchParams(query) };
}

export const caseAddress = id => `#/cases/${encodeURIComponent(id)}`;

export function listAddress(query) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/cases${text ? `?${text}` : ''}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone %: typed by hand, taken as it is.
  }
}
