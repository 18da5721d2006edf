// Who answers: asked for once, above the rows, and kept for this tab.
import { h } from '../lib/dom.js';
import { answerOf } from '../schema/answer.js';
import { control } from '../schema/controls.js';

const NAME = 'callcenter.who';

export function whoAnswers(workflow) {
  const field = workflow.events.map(answerOf).find(shape => shape.decision && shape.who)?.who ?? null;
  const who = field && control(field, sessionStorage.getItem(NAME));
  who?.input.setAttribute('autocomplete', 'name');
  who?.input.addEventListener('input', () => sessionStorage.setItem(NAME, who.value() ?? ''));
  return { element: h('div', { class: 'inbox-who', hidden: true }, who?.element), value: () => who?.value() };
}
