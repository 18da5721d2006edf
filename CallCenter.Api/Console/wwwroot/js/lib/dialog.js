// A modal dialog with a form in it: Escape and Cancel close it, Enter submits it, focus goes back to where it was. It is about the
// page that it was opened on, and goes with it; one that is required stays until it is closed from here. `mayClose` is asked before it is
// closed by hand, `closed` hears that it is.
import { h } from './dom.js';
import { icon } from './icons.js';

let opened = 0;

export function openDialog({ title, body, confirm, tone = 'primary', required = false, submit, wide = false, cancel = 'Cancel',
  mayClose = () => !required, closed = () => {} }) {
  const titleId = `dialog-title-${++opened}`;
  let done = false;
  const close = () => {
    done = true;
    dialog.close();
  };
  const dismiss = () => mayClose() && close();
  // A browser lets a second Escape through, whatever is said to the first.
  const hasClosed = () => {
    if (!done && !mayClose()) return dialog.showModal();
    window.removeEventListener('hashchange', close);
    dialog.remove();
    closed();
  };
  const submitButton = h('button', { type: 'submit', class: `button ${tone}` }, confirm);
  const cancelButton = !required && cancel && h('button', { type: 'button', class: 'button', click: dismiss }, cancel);
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
    !required && h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', click: dismiss }, icon('close'))),
  h('div', { class: 'dialog-body' }, body),
  h('footer', { class: 'dialog-foot' },
    cancelButton,
    submitButton));
  const dialog = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': titleId, close: hasClosed }, form);
  dialog.addEventListener('cancel', event => event.target === dialog && !mayClose() && event.preventDefault());
  if (!required) window.addEventListener('hashchange', close);
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector('input, textarea, select')?.focus();
  return { close, form, submitButton, cancelButton };
}
