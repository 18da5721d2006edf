// JSON, indented and coloured, with a button to copy it.
import { h } from './dom.js';
import { copyButton } from './copy.js';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function jsonBlock(value, title) {
  if (value === undefined || value === null) return h('p', { class: 'empty-value' }, 'None');
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return h('div', { class: 'json' },
    h('pre', { tabindex: '0', role: 'region', 'aria-label': title }, h('code', {}, typeof value === 'string' ? text : coloured(text))),
    copyButton(text, title.toLowerCase()));
}

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, string, colon] = match;
    parts.push(text.slice(end, match.index));
    const kind = colon ? 'key' : string ? 'string' : 'literal';
    parts.push(h('span', { class: `json-${kind}` }, string ?? all), colon ?? '');
    end = match.index + all.length;
  }
  return [...parts, text.slice(end)];
}
