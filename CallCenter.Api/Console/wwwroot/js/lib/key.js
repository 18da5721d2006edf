// The API key: asked for once, kept for this browser tab alone.
import { h } from './dom.js';
import { openDialog } from './dialog.js';
import { NAME, storedKey } from './storedKey.js';

const MANAGEMENT = 'callcenter.management';
let asking = null;

export function forgetKey() {
  sessionStorage.removeItem(NAME);
  sessionStorage.removeItem(MANAGEMENT);
}

// A host that wants another key for its management API tells it, as Durable Functions does, in the addresses that
// it gives for each start: it is kept like the key itself.
export function keepManagementAccess(statusUri) {
  const access = statusUri ? new URL(statusUri, location.href).search : '';
  if (access) sessionStorage.setItem(MANAGEMENT, access);
}

export const managementAccess = () =>
  sessionStorage.getItem(MANAGEMENT) ?? (storedKey() ? new URLSearchParams({ code: storedKey() }).toString() : '');

// However many calls are refused at once, one dialog asks. It goes away only with a key: without one there is nothing to show.
export function askForKey(refused) {
  asking ??= new Promise(resolve => {
    const field = h('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'key-note' });
    const note = h('p', { id: 'key-note', class: refused ? 'refusal' : 'hint', role: refused ? 'alert' : null },
      refused ? 'The server did not accept this key.' : 'It is kept in this tab until you close it.');
    const dialog = openDialog({
      title: 'This server requires a key',
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
