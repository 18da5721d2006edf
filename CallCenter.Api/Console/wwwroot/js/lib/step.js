// What a step carries beside what every step has: members of the event that it took, such as who answered.
import { textOf } from './change.js';
import { label, noAnswer } from './words.js';

// `status` and `added` are how a step told its change before it told it in full.
const STANDARD = new Set(['state', 'startedAt', 'endedAt', 'attempt', 'input', 'output', 'error', 'changed', 'status', 'added', 'answerId', 'timedOut']);

export const extras = (step, workflow) => [
  ...(step.timedOut === true ? [['Answer', noAnswer(workflow, step.state)]] : []),
  ...Object.entries(step)
    .filter(([name, value]) => !STANDARD.has(name) && value !== null)
    .map(([name, value]) => [label(name), textOf(value)]),
];
