// Says in a sentence how an instance is, and why.
import { summary } from '../lib/change.js';
import { h } from '../lib/dom.js';
import { duration } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { took } from '../lib/took.js';
import { eventOf } from '../lib/words.js';

export function outcome(workflow, instance, traced) {
  const { item } = workflow.words;
  const { runtimeStatus, progress, error, output } = instance;
  const attempt = progress?.attempt > 1 ? `, attempt ${progress.attempt}` : '';
  switch (runtimeStatus) {
    case 'Failed':
      return banner('failed', error?.message ?? `The ${item} failed`,
        [howItFailed(progress, traced), howItCameToIt(instance), error?.type && h('code', {}, error.type)], 'alert');
    case 'Completed':
      return banner('done', `Completed in ${duration(took(instance))}`, [instance.outcome && `${instance.outcome}.`, summary(output)]);
    case 'Terminated':
      return banner('stopped', 'Terminated', [
        typeof output === 'string' && output !== '' ? `Reason: ${output}` : 'No reason was given.',
        traced.current && `It stood in ${traced.current}${attempt}.`]);
    case 'Suspended':
      return banner('paused', 'Suspended', [`It stands still${traced.current ? ` in ${traced.current}${attempt}` : ''} until somebody resumes it.`]);
    case 'Pending':
      return banner('idle', 'Not begun yet', [`The ${item} is accepted and waits for its turn.`]);
    default:
      if (progress?.waitingFor && eventOf(workflow, progress.waitingFor)) return null; // The panel of the event says it all.
      if (progress?.waitingFor) return banner('waiting', `${progress.state}${attempt}`, [`The ${item} waits for the event ${progress.waitingFor}.`]);
      return banner('running', progress ? `${progress.state}${attempt}` : 'Just started', [progress ? `The ${item} is on its way.` : null]);
  }
}

function howItFailed(progress, { current }) {
  const last = progress?.steps?.at(-1);
  if (!last) return 'It failed before its first step.';
  const attempts = progress.attempt > 1 ? ` after ${progress.attempt} attempts` : '';
  return last.state === current
    ? `It failed in ${current}${attempts}.`
    : `It ended in ${current ?? progress.state}${attempts}; the last step was ${last.state}.`;
}

// What was answered or what was not, or a failure that the workflow went on from: often why it ended as it did.
function howItCameToIt({ progress, outcome: said }) {
  const handled = progress?.steps?.filter(step => step.error).at(-1);
  if (handled && (!said || handled.error.message.startsWith(said))) return `Before that ${handled.state} had failed: ${handled.error.message}`;
  return said && h('bdi', {}, /[.!?]$/.test(said) ? said : `${said}.`);
}

const banner = (tone, title, more, role = null) => h('div', { class: `outcome tone-${tone}`, role },
  icon(tone), h('div', {}, h('strong', {}, title), more.filter(Boolean).map(text => h('p', {}, text))));
