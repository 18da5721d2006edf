// The tries of an activity. The process sees only its result; that it failed before and is tried again stands in the
// runtime's history.

const QUICK = 1000;

// Whether the history is worth asking for: a step that ended before the first delay had passed was not tried twice.
export function mayHaveTries(state, step, { input, progress }, now) {
  if (!state?.activity || !step || progress.waitingFor) return false;
  if (step.endedAt === null) return now - Date.parse(step.startedAt) >= QUICK;
  const took = Date.parse(step.endedAt) - Date.parse(step.startedAt);
  return (step.output ?? null) === null || Boolean(step.error) || took >= 1000 * (input?.retry?.firstDelaySeconds ?? 1);
}

// What failed between the step's beginning and its end: how often, how last, and when the next try is due.
export function triesOf(state, step, events) {
  if (!state.activity || !step) return null;
  // A history may have whole seconds only.
  const [from, to] = [Math.floor(Date.parse(step.startedAt) / 1000) * 1000, step.endedAt ? Date.parse(step.endedAt) : Infinity];
  const within = events.filter(event => Date.parse(event.Timestamp) >= from && Date.parse(event.Timestamp) <= to);
  const failed = within.filter(event => event.EventType === 'TaskFailed' && event.FunctionName === state.activity);
  if (failed.length === 0) return null;
  const timers = within.filter(event => event.EventType.startsWith('Timer'));
  const waits = !step.endedAt && timers.at(-1)?.EventType === 'TimerCreated';
  const { Reason, FailureDetails } = failed.at(-1);
  return {
    failed: failed.length,
    last: { type: FailureDetails?.ErrorType ?? '', message: FailureDetails?.ErrorMessage ?? Reason ?? '' },
    nextAt: waits ? timers.at(-1).FireAt ?? null : null,
  };
}
