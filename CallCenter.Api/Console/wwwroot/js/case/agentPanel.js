// A case that waits for an agent: until when, and the two answers.
import { api, refusal } from '../lib/api.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { countdown } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { toast } from '../lib/toast.js';

const NAME = 'callcenter.agent';

export function agentPanel(changed) {
  const element = h('div', { class: 'agent-place' });
  const show = whenChanged((instanceId, state, attempt, deadline) => {
    replace(element, instanceId && panel(instanceId, state, attempt, deadline, changed));
  });
  return {
    element,
    update({ instanceId, runtimeStatus, progress }) {
      if (runtimeStatus === 'Running' && progress?.waitingFor) show(instanceId, progress.state, progress.attempt, progress.deadline);
      else show(null);
    },
  };
}

function panel(instanceId, state, attempt, deadline, changed) {
  const agent = h('input', { id: 'agent', type: 'text', autocomplete: 'name', placeholder: 'Optional', maxlength: 64 });
  agent.value = sessionStorage.getItem(NAME) ?? '';
  const note = h('input', { id: 'note', type: 'text', autocomplete: 'off', placeholder: 'Optional', maxlength: 200 });
  const refused = h('p', { class: 'refusal', role: 'alert' });
  const buttons = [['Resolved', true, 'done', 'good'], ['Unresolved', false, 'failed', 'bad']].map(([text, resolved, symbol, look]) =>
    h('button', { type: 'button', class: `button ${look}`, 'data-action': text, click: () => answer(resolved) }, icon(symbol), text));

  async function answer(resolved) {
    buttons.forEach(button => (button.disabled = true));
    replace(refused);
    sessionStorage.setItem(NAME, agent.value.trim());
    // The attempt goes along, so that a second click never answers the next one.
    const words = { ...(agent.value.trim() && { agent: agent.value.trim() }), ...(note.value.trim() && { note: note.value.trim() }) };
    try {
      const reply = await api.work(instanceId, { resolved, attempt, ...words });
      if (reply.ok) toast(resolved ? 'Answered: resolved.' : 'Answered: unresolved.');
      else {
        replace(refused, refusal(reply));
        buttons.forEach(button => (button.disabled = false));
      }
    } catch {
      replace(refused, 'There is no connection to the server: the answer may not have arrived.');
      buttons.forEach(button => (button.disabled = false));
    }
    changed();
  }

  return h('section', { class: 'agent tone-waiting', 'aria-label': 'Your decision' },
    h('div', { class: 'agent-question' }, icon('person'),
      h('div', {}, h('h2', {}, 'Is this case resolved?'),
        h('p', {}, `It waits in ${state}${attempt > 1 ? `, attempt ${attempt}` : ''}, for an agent’s decision. `,
          'Without one it counts as unresolved.'))),
    deadline && h('div', { class: 'agent-clock' },
      ticks(h('span', { class: 'clock', role: 'timer' }), () => countdown(Date.parse(deadline) - now())),
      h('span', { class: 'hint' }, 'left to decide')),
    h('div', { class: 'agent-words' },
      h('div', { class: 'field' }, h('label', { for: 'agent' }, 'Your name'), agent),
      h('div', { class: 'field' }, h('label', { for: 'note' }, 'Note'), note)),
    h('div', { class: 'agent-buttons' }, buttons),
    refused);
}
