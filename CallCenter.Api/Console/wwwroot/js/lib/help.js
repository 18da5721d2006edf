// All the keys, on a question mark.
import { answerOf } from '../schema/answer.js';
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { lettersAreOn, switchLetters } from './keys.js';

export function openHelp({ words, events }) {
  const options = events.map(event => answerOf(event).decision).find(Boolean)?.options ?? [];
  const keys = [
    ['J', 'Next row; at the last one, shows what is new'],
    ['K', 'Previous row'],
    ['Enter', `Opens the ${words.item}`],
    ...options.slice(0, 2).map((option, index) => ['RU'[index], `Answers: ${option.title.toLowerCase()}`]),
    ...(options.length > 0 ? [['N', 'Goes to the fields of the row; Esc goes back to the row']] : []),
    ['X', 'Selects the row'],
    ['/', 'Goes to the search'],
    ['Esc', `Leaves the row; from ${words.anItem}, goes back to the list`],
    ['?', 'Shows these keys'],
  ];
  const letters = h('input', { type: 'checkbox', checked: lettersAreOn(), change: () => switchLetters(letters.checked) });
  const dialog = openDialog({
    title: 'Keys',
    body: [
      h('dl', { class: 'keys' }, keys.map(([key, text]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text)))),
      h('label', { class: 'choice' }, letters, h('span', {}, h('strong', {}, 'Use letters as keys'), h('span', { class: 'hint' }, 'Turn this off if your screen reader or voice control needs the letters.'))),
    ],
    confirm: 'Close',
    cancel: null,
    submit: () => dialog.close(),
  });
}
