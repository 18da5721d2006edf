// The page's answer as a command of the AWS CLI, for workers that were written for Step Functions.
import { quoted } from './curl.js';

export const sendTaskSuccess = ({ endpoint, taskToken, output }) => [
  `aws stepfunctions send-task-success --endpoint-url ${quoted(endpoint)}`,
  `--task-token ${quoted(taskToken)}`,
  `--task-output ${quoted(JSON.stringify(output))}`,
].join(' \\\n  ');
