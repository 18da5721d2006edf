// Gives the reader a file that the page has made.
import { h } from './dom.js';

// `name` may hold an instance id, which may be any text.
export function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const [stem, ending] = name.split(/\.(?=\w+$)/);
  h('a', { href: address, download: `${stem.replace(/[^\w.-]/g, '_')}.${ending}` }).click();
  URL.revokeObjectURL(address);
}

export const downloadJson = (stem, value) => download(`${stem}.json`, 'application/json', JSON.stringify(value, null, 2));
