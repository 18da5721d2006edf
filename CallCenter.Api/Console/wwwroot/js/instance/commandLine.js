// The same from a shell: the requests with which this page reads the instance and answers it.
import { copyButton } from '../lib/copy.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { storedKey } from '../lib/storedKey.js';
import { eventOf } from '../lib/words.js';
import { sendTaskSuccess } from './awsCli.js';
import { curl, exampleOf } from './curl.js';

export function commandLine(workflow) {
  const place = h('div', { class: 'commands' });
  const { item } = workflow.words;
  const show = whenChanged((instanceId, waitingFor, attempt, taskToken, withKey) => {
    const url = new URL(`api/${encodeURIComponent(workflow.collection)}/${encodeURIComponent(instanceId)}`, document.baseURI).href;
    const event = waitingFor && eventOf(workflow, waitingFor);
    replace(place,
      command(`Read this ${item}`, curl({ url, withKey })),
      event && command('Answer it', curl({
        url: `${url}/${encodeURIComponent(event.path)}`, method: 'POST', body: exampleOf(event.schema, attempt), withKey,
      })),
      event && taskToken && command('Answer with its task token', sendTaskSuccess({
        endpoint: new URL('aws', document.baseURI).href, taskToken, output: exampleOf(event.schema),
      }), 'answer with its task token'),
      withKey && h('p', { class: 'hint' }, 'Put your key into the variable CALLCENTER_KEY first; the commands do not contain it.'));
  });
  return {
    element: h('details', { class: 'card fold' }, h('summary', {}, h('h2', {}, 'Command line')), place),
    update({ instanceId, runtimeStatus, progress, taskToken }) {
      show(instanceId, runtimeStatus === 'Running' ? progress?.waitingFor : null, progress?.attempt, taskToken, storedKey() !== null);
    },
  };
}

const command = (name, text, label = `${name.toLowerCase()} as curl`) => [h('h3', {}, name), h('div', { class: 'json' },
  h('pre', { tabindex: '0', role: 'region', 'aria-label': name }, h('code', {}, text)), copyButton(text, label))];
