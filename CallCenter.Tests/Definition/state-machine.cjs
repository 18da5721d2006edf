// Holds a state machine to programs that others wrote: is it valid, and what does it do? Reads {machine, input, lambdas} from
// standard input and writes {errors, output, failure}. `lambdas` has a JavaScript function, as text, for each Lambda function.
const validate = require('asl-validator');

// The interpreter asks for it, and Node.js has it from version 22 on.
Promise.withResolvers ??= () => {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
};

async function main() {
  const { machine, input, lambdas } = JSON.parse(await text(process.stdin));
  // The validator writes into what it is given.
  const { isValid, errorsText } = validate(structuredClone(machine));
  const errors = isValid ? [] : [errorsText()];
  const ran = errors.length === 0 && input !== undefined ? await run(machine, input, lambdas) : {};
  process.stdout.write(JSON.stringify({ errors, ...ran }));
}

async function run(machine, input, lambdas) {
  const { StateMachine } = require('aws-local-stepfunctions');
  const states = statesOf(machine);
  const each = make => Object.fromEntries(states.map(([name, state]) => [name, make(state)]).filter(([, value]) => value !== undefined));
  const overrides = {
    taskResourceLocalHandlers: each(state => state.Type === 'Task' ? handler(lambdas, state.Resource.split(':').at(-1)) : undefined),
    // Nobody waits in a test.
    waitTimeOverrides: each(state => state.Type === 'Wait' ? 0 : undefined),
    retryIntervalOverrides: each(state => state.Retry ? 0 : undefined),
  };
  try {
    return { output: await new StateMachine(machine).run(input, { overrides }).result };
  } catch (error) {
    return { failure: `${error.name}: ${error.message}` };
  }
}

const handler = (lambdas, name) => {
  if (!lambdas[name]) throw new Error(`No stand-in for the Lambda function ${name}.`);
  return new Function(`return ${lambdas[name]}`)();
};

const statesOf = machine => Object.entries(machine.States).flatMap(([name, state]) =>
  [[name, state], ...[...state.Branches ?? [], ...state.ItemProcessor ? [state.ItemProcessor] : []].flatMap(statesOf)]);

async function text(stream) {
  let all = '';
  for await (const part of stream.setEncoding('utf8')) all += part;
  return all;
}

main().catch(error => {
  process.stderr.write(String(error.stack ?? error));
  process.exitCode = 1;
});
