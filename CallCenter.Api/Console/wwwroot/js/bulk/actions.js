// What can be done with many at once: which of them it fits, why it does not fit the others, and the call for each.
import { api, management } from '../lib/api.js';
import { statesOf } from '../lib/flow.js';
import { hasEnded } from '../lib/status.js';

// What the workflow itself failed comes to the same end again.
const isItsOwnEnd = ({ error }, workflow) => statesOf(workflow.definition).some(state => state.error && state.error === error?.type);

const ended = one => hasEnded(one.runtimeStatus) && 'has already ended';

// `skip(item, workflow)` is why it does not fit this one, or false; `managed` calls belong to the management API, which a host may keep for itself.
export const ACTIONS = [
  {
    name: 'terminate', verb: 'Terminate', doing: 'Terminating', done: 'terminated', icon: 'stopped', tone: 'danger', asksReason: true,
    says: 'They end at once, where they are now, and cannot be resumed.',
    skip: ended,
    call: (workflow, reason) => id => api.of(workflow.collection).terminate(id, reason),
  },
  {
    name: 'suspend', verb: 'Suspend', doing: 'Suspending', done: 'suspended', icon: 'paused', managed: true,
    says: 'They stop until they are resumed. Deadlines keep running.',
    skip: one => ended(one) || (one.runtimeStatus === 'Suspended' && 'is already suspended'),
    call: () => management.suspend,
  },
  {
    name: 'resume', verb: 'Resume', doing: 'Resuming', done: 'resumed', icon: 'running', managed: true,
    says: 'They continue where they were suspended.',
    skip: one => one.runtimeStatus !== 'Suspended' && 'is not suspended',
    call: () => management.resume,
  },
  {
    name: 'rewind', verb: 'Rewind', doing: 'Rewinding', done: 'rewound', icon: 'back', managed: true,
    says: 'They continue at the step that failed.',
    skip: (one, workflow) => (one.runtimeStatus !== 'Failed' ? 'has not failed' : isItsOwnEnd(one, workflow) && 'would end the same way again'),
    call: () => management.rewind,
  },
  {
    name: 'delete', verb: 'Delete', doing: 'Deleting', done: 'deleted', icon: 'trash', tone: 'danger',
    says: 'They and their history are deleted for good.',
    skip: one => !hasEnded(one.runtimeStatus) && 'has not ended: terminate it first',
    call: workflow => api.of(workflow.collection).remove,
  },
];
