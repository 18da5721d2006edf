// What became of a question that was on the page, when it was not answered from here.
import { changes } from '../lib/change.js';
import { h } from '../lib/dom.js';
import { extras } from '../lib/step.js';
import { label } from '../lib/words.js';

// `steps` are those of the instance as it is now.
export function answeredMeanwhile({ state, attempt }, steps, workflow) {
  const step = steps.findLast(one => one.state === state && one.attempt === attempt && one.endedAt);
  const which = attempt > 1 || steps.some(one => one.attempt > 1) ? `Attempt ${attempt}` : state;
  // Who, and what came of it.
  const said = step ? [...extras(step, workflow), ...changes(step.input, step.output).map(({ name, text }) => [label(name ?? 'output'), text.trim()])] : [];
  const by = said.map(([name, text]) => `${name}: ${text}`);
  return by.length > 0 ? [`${which} was answered in the meantime. `, h('bdi', {}, by.join(', '))] : `${which} ended in the meantime without an answer from here.`;
}
