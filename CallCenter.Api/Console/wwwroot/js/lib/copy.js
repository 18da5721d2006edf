// A button that copies a text: an icon, or with a name beside it.
import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { say } from './connection.js';
import { toast } from './toast.js';

// `text` may be a function that says it when it is wanted.
export function copyButton(text, what, name = null) {
  const shown = symbol => [icon(symbol), name];
  const button = h('button', {
    type: 'button', class: name ? 'button small' : 'icon-button', 'aria-label': name ? null : `Copy ${what}`, title: `Copy ${what}`,
    'data-action': 'copy',
    click: async () => {
      try {
        await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
      } catch {
        return toast('The browser does not let this page copy. Select the text and copy it by hand.', 'failed');
      }
      replace(button, shown('done'));
      say(`Copied ${what}.`);
      setTimeout(() => replace(button, shown('copy')), 1500);
    },
  }, shown('copy'));
  return button;
}
