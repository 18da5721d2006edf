// The same case as a Restate service: the invocation and each of the four steps are journaled before what follows.
import * as restate from '@restatedev/restate-sdk';

// The SDK wants it, and Node.js 20 has it not.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((whenResolved, whenRejected) => { resolve = whenResolved; reject = whenRejected; });
  return { promise, resolve, reject };
};

const toss = () => Math.random() < 0.5;

const cases = restate.service({
  name: 'cases',
  handlers: {
    run: async (context, { inputCaseID }) => {
      let current = await context.run('OpenCase', () => ({ Case: inputCaseID, Message: `Case ${inputCaseID}: opened...` }));
      current = await context.run('AssignCase', () => ({ ...current, Message: current.Message + 'assigned...' }));
      current = await context.run('WorkOnCase', () => toss()
        ? { ...current, Status: 1, Message: current.Message + 'resolved...' }
        : { ...current, Status: 0, Message: current.Message + 'unresolved...' });
      return current.Status === 1
        ? context.run('CloseCase', () => ({ ...current, Message: current.Message + 'closed.' }))
        : context.run('EscalateCase', () => ({ ...current, Message: current.Message + 'escalating.' }));
    },
  },
});

restate.serve({ services: [cases], port: Number(process.argv[2]) });
