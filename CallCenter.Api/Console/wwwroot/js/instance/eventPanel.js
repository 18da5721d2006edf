// An instance that waits for somebody: until when, and a form made of the schema of the event that it waits for.
import { api, refusal } from '../lib/api.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { now, ticks } from '../lib/clock.js';
import { countdown } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { toast } from '../lib/toast.js';
import { eventOf } from '../lib/words.js';
import { answerOf } from '../schema/answer.js';
import { answeredMeanwhile } from '../schema/answered.js';
import { schemaForm } from '../schema/form.js';

const NAME = 'callcenter.who';

export function eventPanel(workflow, changed) {
  const element = h('div', { class: 'answer-place' });
  // What was typed and not taken is still there when the next attempt asks for it.
  let form = null;
  let kept = { event: null, values: {} };
  // While an answer is under way the panel stands still: it is not known yet whether its words were taken.
  let sending = false;
  let latest = null;
  // The question on the page, until it is answered from here.
  let asked = null;
  const show = whenChanged((instanceId, name, state, attempt, deadline, since) => {
    if (form) kept.values = form.body();
    form = null;
    const event = instanceId && eventOf(workflow, name);
    if (event && event.name !== kept.event) kept = { event: event.name, values: {} };
    const isAnother = event && asked && asked.since !== since;
    const news = isAnother ? answeredMeanwhile(asked, latest.progress.steps ?? [], workflow) : null;
    if (event) asked = { state, attempt, since };
    replace(element, event && panel(event, { instanceId, state, attempt, deadline, news }));
  });

  function panel(event, { instanceId, state, attempt, deadline, news }) {
    const shape = answerOf(event);
    const { decision, who } = shape;
    form = schemaForm(shape.fields, { ...(who && { [who.name]: sessionStorage.getItem(NAME) }), ...kept.values });
    const mine = form;
    if (who) mine.control(who.path).input.setAttribute('autocomplete', 'name');
    const refused = h('div', { class: 'refusal', role: 'alert' });
    const buttons = decision
      ? decision.options.map(option => button(option.title, option.value ? 'good' : 'bad', { click: () => answer(option) }))
      : [button('Send', 'primary', { type: 'submit' })];
    const enable = enabled => buttons.forEach(one => (one.disabled = !enabled));
    // Whoever was about to press a button meant the question before this one.
    const told = news && h('div', { class: 'answer-news', role: 'status' }, h('p', {}, news),
      button(attempt > 1 ? `Answer attempt ${attempt}` : 'Answer this one', 'primary', {
        type: 'button',
        click: () => {
          told.remove();
          enable(true);
          mine.parts[0]?.element.querySelector('input, textarea, select')?.focus();
        },
      }));
    enable(!told);

    async function answer(option = null) {
      enable(false);
      sending = true;
      mine.clear();
      replace(refused);
      const words = mine.body();
      if (who) sessionStorage.setItem(NAME, words[who.name] ?? '');
      const payload = { ...(option && { [decision.name]: option.value }), ...(shape.attempt && { attempt }), ...words };
      try {
        const reply = await api.of(workflow.collection).answer(instanceId, event, payload);
        if (reply.ok) {
          kept.values = {};
          form = asked = null;
          toast(option ? `Answered: ${option.title.toLowerCase()}.` : 'Sent.');
        } else {
          enable(true);
          refuse(reply);
        }
      } catch {
        enable(true);
        replace(refused, 'There is no connection to the server: the answer may not have arrived.');
      }
      sending = false;
      update(latest);
      changed();
    }

    function refuse(reply) {
      const errors = reply.body?.errors ?? [];
      const others = mine.refuse(errors).map(error => h('p', {}, error.message));
      if (errors.length > 0) replace(refused, others);
      // Somebody else was first: the panel goes or asks for the next attempt, and the word about it has to outlive it.
      else if (reply.status === 409) toast(refusal(reply), 'failed');
      else replace(refused, refusal(reply));
    }

    const submit = submitted => {
      submitted.preventDefault();
      if (!decision) answer();
    };
    return h('form', { class: 'answer tone-waiting', 'aria-label': decision ? 'Your decision' : 'Your answer', novalidate: true, submit, change: mine.follow },
      h('div', { class: 'answer-question' }, icon('person'),
        h('div', {}, h('h2', {}, questionOf(event, decision, workflow.words)), h('p', {}, standing(event, decision, state, attempt)))),
      deadline && h('div', { class: 'answer-clock' },
        ticks(h('span', { class: 'clock', role: 'timer' }), () => countdown(Date.parse(deadline) - now())),
        h('span', { class: 'hint' }, `left to ${decision ? 'decide' : 'answer'}`)),
      told,
      h('div', { class: 'answer-words' }, mine.parts.map(part => part.element)),
      h('div', { class: 'answer-buttons' }, buttons),
      refused);
  }

  function update(instance) {
    latest = instance;
    if (sending) return;
    const { instanceId, runtimeStatus, progress } = instance;
    if (runtimeStatus === 'Running' && progress?.waitingFor) {
      // The step's beginning: two waits for one event are two questions.
      show(instanceId, progress.waitingFor, progress.state, progress.attempt, progress.deadline, progress.steps?.at(-1)?.startedAt);
    } else {
      show(null);
    }
  }

  return { element, update };
}

const button = (text, look, { type = 'button', click }) => h('button', { type, class: `button ${look}`, 'data-action': text, click },
  look !== 'primary' && icon(look === 'good' ? 'done' : 'failed'), text);

const questionOf = (event, decision, { item }) =>
  event.schema.title ?? (decision ? `${decision.title}?` : `This ${item} waits for ${event.from ?? 'an answer'}`);

function standing(event, decision, state, attempt) {
  const whose = event.from ? `for ${event.from}’s` : decision ? 'for a' : 'for an';
  const where = `It is waiting in ${state}${attempt > 1 ? `, attempt ${attempt},` : ''} ${whose} ${decision ? 'decision' : 'answer'}.`;
  return [where, event.schema.description].filter(Boolean).join(' ');
}
