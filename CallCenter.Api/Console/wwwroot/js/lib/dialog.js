// A modal dialog with a form in it: Escape and Cancel close it, Enter submits it, focus goes back to where it was. It is about the
// page that it was opened on, and goes with it; one that is required stays until it is closed from here.
import { h } from './dom.js';
import { icon } from './icons.js';

let opened = 0;

export function openDialog({ title, body, confirm, tone = 'primary', required = false, submit, wide = false }) {
  const titleId = `dialog-title-${++opened}`;
  let done = !required;
  const close = () => {
    done = true;
    dialog.close();
  };
  // A browser lets a second Escape through, whatever is said to the first.
  const closed = () => {
    if (!done) return dialog.showModal();
    window.removeEventListener('hashchange', close);
    dialog.remove();
  };
  const submitButton = h('button', { type: 'submit', class: `button ${tone}` }, confirm);
  const form = h('form', {
    novalidate: true,
    submit: async event => {
      event.preventDefault();
      submitButton.disabled = true;
      try {
        await submit();
      } finally {
        submitButton.disabled = false;
      }
    },
  },
  h('header', { class: 'dialog-head' },
    h('h2', { id: titleId }, title),
    !required && h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', click: close }, icon('close'))),
  h('div', { class: 'dialog-body' }, body),
  h('footer', { class: 'dialog-foot' },
    !required && h('button', { type: 'button', class: 'button', click: close }, 'Cancel'),
    submitButton));
  const dialog = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': titleId, close: closed }, form);
  if (required) dialog.addEventListener('cancel', event => event.preventDefault());
  else window.addEventListener('hashchange', close);
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector('input, textarea, select')?.focus();
  return { close, form };
}
