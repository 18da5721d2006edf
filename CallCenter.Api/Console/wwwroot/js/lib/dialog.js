// A modal dialog with a form in it: Escape and Cancel close it, Enter submits it, focus goes back to where it was.
import { h } from './dom.js';
import { icon } from './icons.js';

let opened = 0;

export function openDialog({ title, body, confirm, tone = 'primary', required = false, submit, wide = false }) {
  const titleId = `dialog-title-${++opened}`;
  const close = () => dialog.close();
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
  const dialog = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': titleId, close: () => dialog.remove() }, form);
  if (required) dialog.addEventListener('cancel', event => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector('input, textarea, select')?.focus();
  return { close, form };
}
