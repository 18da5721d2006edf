// The workflow as text, to take elsewhere: Mermaid for a page of Markdown, Amazon States Language for Step Functions, and all of it as JSON.
import { api, refusal } from '../lib/api.js';
import { h, replace } from '../lib/dom.js';
import { jsonBlock } from '../lib/json.js';

const formats = [['mermaid', 'Mermaid'], ['asl', 'Amazon States Language'], ['json', 'JSON']];

export function definitionView({ collection }) {
  const place = h('div');
  const buttons = formats.map(([format, name]) =>
    h('button', { type: 'button', class: 'button small', 'aria-pressed': 'false', 'data-format': format, click: () => show(format, name) }, name));

  async function show(format, name) {
    buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.format === format)));
    try {
      const answer = await api.workflowAs(collection, format);
      replace(place, answer.ok ? jsonBlock(answer.body ?? answer.text, name) : h('p', { class: 'refusal' }, refusal(answer)));
    } catch {
      replace(place, h('p', { class: 'refusal' }, 'There is no connection to the server.'));
    }
  }

  return h('details', {
    class: 'card fold',
    toggle: event => event.target.open && place.childElementCount === 0 && show(...formats[0]),
  }, h('summary', {}, h('h2', {}, 'Definition')), h('div', { class: 'formats' }, buttons), place);
}
