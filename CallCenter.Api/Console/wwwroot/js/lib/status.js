// One vocabulary for what an instance and a state can be: a tone (colour), an icon and a word. Never colour alone.
import { h } from './dom.js';
import { icon } from './icons.js';

export const runtimeStatuses = ['Running', 'Completed', 'Failed', 'Suspended', 'Terminated', 'Pending'];

const ofRuntime = {
  Running: { tone: 'running', text: 'Running' },
  Pending: { tone: 'idle', text: 'Pending' },
  Completed: { tone: 'done', text: 'Completed' },
  Failed: { tone: 'failed', text: 'Failed' },
  Terminated: { tone: 'stopped', text: 'Terminated' },
  Suspended: { tone: 'paused', text: 'Suspended' },
};

const ofState = {
  idle: 'Not reached yet',
  running: 'Running',
  waiting: 'Waiting',
  retrying: 'Waiting for its next try',
  done: 'Done',
  failed: 'Failed',
  caught: 'Failed, handled',
  paused: 'Suspended',
  stopped: 'Terminated here',
  skipped: 'Not taken',
};

export const statusOfRuntime = runtimeStatus => ofRuntime[runtimeStatus] ?? { tone: 'idle', text: runtimeStatus };

// What waits for a person is the one thing somebody has to do something about: it has a status of its own here.
export const statusOfInstance = (runtimeStatus, waitingFor) =>
  runtimeStatus === 'Running' && waitingFor ? { tone: 'waiting', text: 'Waiting' } : statusOfRuntime(runtimeStatus);

export const statusOfState = (tone, from) => ({ tone, text: tone === 'waiting' && from ? `Waiting for ${from}` : ofState[tone] });

export const hasEnded = runtimeStatus => ['Completed', 'Failed', 'Terminated'].includes(runtimeStatus);

export const pill = ({ tone, text }) => h('span', { class: `pill tone-${tone}` }, icon(tone), h('span', {}, text));
