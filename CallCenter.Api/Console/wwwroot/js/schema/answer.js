// What an event asks of whoever answers it. Nothing of the page is needed for it.
import { withoutArticle } from '../lib/words.js';
import { fieldsOf } from './read.js';

// Filled in by the page, so that a second click never answers the next attempt.
const ATTEMPT = 'attempt';

// Returns { decision, fields, who, attempt }: `decision` is the one field that has to be answered, where it is a yes or no, and the
// form has a button for each then; `who` is the field in which the answering person gives a name, which is called like that person ('an agent' gives `agent`) unless the
// event names another.
export function answerOf(event) {
  const all = fieldsOf(event.schema ?? {});
  const fields = all.filter(field => field.name !== ATTEMPT);
  const required = fields.filter(field => field.required);
  const decision = required.length === 1 && required[0].kind === 'flag' ? required[0] : null;
  return {
    decision,
    fields: fields.filter(field => field !== decision),
    who: fields.find(field => field.kind === 'text' && field.name === (event.by ?? withoutArticle(event.from ?? ''))) ?? null,
    attempt: all.some(field => field.name === ATTEMPT),
  };
}
