// The address after the #: `/{collection}` is a workflow's list with its filters, `/{collection}/{id}` one of its instances.
// `/` is the list of the first workflow.

export function parse(hash, collections) {
  const [path, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const [collection = collections[0], id, ...more] = path.split('/').filter(Boolean).map(decoded);
  if (!collections.includes(collection) || more.length > 0) return { page: 'none', path };
  return id === undefined ? { page: 'list', collection, query: new URLSearchParams(query) } : { page: 'instance', collection, id };
}

export const instanceAddress = (collection, id) => `#/${encodeURIComponent(collection)}/${encodeURIComponent(id)}`;

export function listAddress(collection, query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return `#/${encodeURIComponent(collection)}${text ? `?${text}` : ''}`;
}

// The collections as they were when this tab was here last, or null.
const COLLECTIONS = 'callcenter.collections';

export const knownCollections = () => JSON.parse(sessionStorage.getItem(COLLECTIONS));

export const rememberCollections = collections => sessionStorage.setItem(COLLECTIONS, JSON.stringify(collections));

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone %: typed by hand, taken as it is.
  }
}
