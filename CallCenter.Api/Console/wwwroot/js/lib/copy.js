// A button that copies a text.
import { h, replace } from './dom.js';
import { icon } from './icons.js';
import { say } from './connection.js';
import { toast } from './toast.js';

export function copyButton(text, what) {
  const button = h('button', {
    type: 'button', class: 'icon-button', 'aria-label': `Copy ${what}`, title: `Copy ${what}`, 'data-action': 'copy',
    click: async () => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        return toast('The browser does not let this page copy. Select the text and copy it by hand.', 'failed');
      }
      replace(button, icon('done'));
      say(`Copied ${what}.`);
      setTimeout(() => replace(button, icon('copy')), 1500);
    },
  }, icon('copy'));
  return button;
}
