// What the AWS SDK for JavaScript makes of a host: it is told where, and prints what it saw as JSON.
const sfn = require('@aws-sdk/client-sfn');

const [endpoint, secretAccessKey] = process.argv.slice(2);
const stateMachineArn = 'arn:aws:states:eu-central-1:111122223333:stateMachine:CallCenterStateMachine';
const input = JSON.stringify({ inputCaseID: 'Müller', workMode: 'agent' });
const make = more => new sfn.SFNClient({ endpoint, region: 'eu-central-1', credentials: { accessKeyId: 'any', secretAccessKey }, ...more });

async function refused(client, command) {
  try {
    await client.send(command);
    return null;
  } catch (error) {
    return error;
  }
}

async function run() {
  const client = make();
  const saw = {};
  const { executionArn, startDate } = await client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: 'one', input }));
  saw.isDate = startDate instanceof Date;
  const other = await refused(client, new sfn.StartExecutionCommand({ stateMachineArn, name: 'one', input: '{"inputCaseID":"2"}' }));
  saw.isTyped = other instanceof sfn.ExecutionAlreadyExists;
  await client.send(new sfn.StartExecutionCommand({ stateMachineArn, input }));
  saw.names = 0;
  for await (const page of sfn.paginateListExecutions({ client, pageSize: 1 }, { stateMachineArn })) saw.names += page.executions.length;
  let token;
  while (!token) {
    const { events } = await client.send(new sfn.GetExecutionHistoryCommand({ executionArn }));
    const scheduled = events.find(event => event.type === 'TaskScheduled');
    token = scheduled && JSON.parse(scheduled.taskScheduledEventDetails.parameters).Payload.token;
  }
  await client.send(new sfn.SendTaskSuccessCommand({ taskToken: token, output: '{"Status":1}' }));
  let execution;
  do execution = await client.send(new sfn.DescribeExecutionCommand({ executionArn }));
  while (execution.status === 'RUNNING');
  Object.assign(saw, { status: execution.status, output: JSON.parse(execution.output), case: JSON.parse(execution.input).inputCaseID });
  saw.again = (await refused(client, new sfn.SendTaskSuccessCommand({ taskToken: token, output: '{"Status":1}' }))).name;
  saw.machine = (await client.send(new sfn.DescribeStateMachineCommand({ stateMachineArn }))).status;
  saw.wrongKey = (await refused(make({ credentials: { accessKeyId: 'any', secretAccessKey: 'wrong' } }), new sfn.ListStateMachinesCommand({}))).name;
  // Its clock is twenty minutes slow: it is told so, and sets it right.
  saw.slowClock = (await make({ systemClockOffset: -20 * 60_000 }).send(new sfn.ListStateMachinesCommand({}))).stateMachines.length;
  console.log(JSON.stringify(saw));
}

run().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
