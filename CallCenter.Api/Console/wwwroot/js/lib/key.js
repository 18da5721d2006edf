// The API key: asked for once, kept for this browser tab alone.
import { h } from '/console/js/lib/dom.js';
import { openDialog } from '/console/js/lib/dialog.js';

const NAME = 'callcenter.key';
let asking = null;

export const storedKey = () => sessionStorage.getItem(NAME);

export const forgetKey = () => sessionStorage.removeItem(NAME);

// However many calls are refused at once, one dialog asks. It goes away only with a key: without one there is nothing to show.
export function askForKey(refused) {
  asking ??= new Promise(resolve => {
    const field = h('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'key-note' });
    const note = h('p', { id: 'key-note', class: refused ? 'refusal' : 'hint', role: refused ? 'alert' : null },
      refused ? 'The server did not accept this key.' : 'It is kept in this tab until you close it.');
    const dialog = openDialog({
      title: 'This server wants a key',
      body: [h('label', { for: 'key' }, 'API key'), field, note],
      confirm: 'Use this key',
      required: true,
      submit: () => {
        const key = field.value.trim();
        if (key === '') return field.focus();
        sessionStorage.setItem(NAME, key);
        dialog.close();
        asking = null;
        resolve();
      },
    });
  });
  return asking;
}
