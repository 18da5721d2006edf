// What somebody means who types a name and presses Enter: the instance with just this id, or the only one that is called so.
import { nameOf } from '../lib/words.js';
import { folded } from './question.js';

// Returns the instance id, or null where it is not clear which one is meant.
export async function meantBy(text, workflow, instances, canSearch) {
  const found = await instances.find(text);
  if (found.ok) return text;
  if (!canSearch) return null;
  const answer = await instances.list({ search: text, top: 200 });
  // Behind a page that is full there may be another of the same name.
  if (!answer.ok || answer.body.continuationToken !== null) return null;
  const exact = answer.body[workflow.collection].filter(one => [one.instanceId, nameOf(workflow, one)].some(name => folded(name) === folded(text)));
  return exact.length === 1 ? exact[0].instanceId : null;
}
