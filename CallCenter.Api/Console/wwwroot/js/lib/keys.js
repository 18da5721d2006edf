// Keys for those who work with them. A letter does nothing while somebody types or a dialog is open, nor where letters were switched off:
// a program that reads the page aloud, or speech, may need them for itself.

const NAME = 'callcenter.letters';

export const lettersAreOn = () => localStorage.getItem(NAME) !== 'off';

export const switchLetters = on => (on ? localStorage.removeItem(NAME) : localStorage.setItem(NAME, 'off'));

const isTyping = element => element.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select') || element.isContentEditable;

// `handlers` has a function for each key; it returns false where the key is not for it. Returns how to take them away again.
export function onKeys(handlers) {
  const pressed = event => {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector('dialog[open]')) return;
    const name = key.length === 1 ? key.toLowerCase() : key;
    if (!Object.hasOwn(handlers, name) || (key.length === 1 && !lettersAreOn())) return;
    if (isTyping(target) && name !== 'Escape') return;
    if (handlers[name](target) !== false) event.preventDefault();
  };
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}
