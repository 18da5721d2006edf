// Says in a sentence how an instance is, and why.
import { summary } from '../lib/change.js';
import { h } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { countdown, duration, growing } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { took } from '../lib/took.js';
import { retryText } from '../lib/tries.js';
import { eventOf } from '../lib/words.js';

// `retry`: how its last step stands with its tries, where one has failed.
export function outcome(workflow, instance, traced, retry) {
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
        traced.current && `It was in ${traced.current}${attempt}.`]);
    case 'Suspended':
      return banner('paused', 'Suspended', [
        `It stays${traced.current ? ` in ${traced.current}${attempt}` : ' where it is'} until somebody resumes it.`,
        progress?.deadline && ['Its deadline keeps running: ', ticks(h('span', {}), () => countdown(Date.parse(progress.deadline) - now())), ' left.']]);
    case 'Pending':
      return banner('idle', 'Not started yet', [`The ${item} has been accepted and is waiting its turn.`]);
    default:
      if (progress?.waitingFor && eventOf(workflow, progress.waitingFor)) return null; // The panel of the event says it all.
      if (progress?.waitingFor) return banner('waiting', `${progress.state}${attempt}`, [`The ${item} is waiting for the event ${progress.waitingFor}.`]);
      if (retry) {
        return banner(retry.nextAt === null ? 'running' : 'retrying', h('span', {}, `${progress.state}${attempt}: `, retryWords(retry)),
          [['The last try failed: ', h('bdi', {}, retry.error.message)]]);
      }
      return banner('running', progress ? `${progress.state}${attempt}` : 'Just started', [progress ? `The ${item} is in progress.` : null]);
  }
}

const retryWords = retry => {
  const left = () => retry.nextAt - now();
  const text = () => (left() > 0 ? retryText(retry, growing(left() + 1000)) : retryText({ ...retry, nextAt: null }));
  return ticks(h('span', {}), () => text().toLowerCase());
};

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
