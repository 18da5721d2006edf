// The answer to one question, in its row: what there is to say, and a button for yes and for no. A button answers the question that was
// there when it was shown: when another one takes its place, somebody has to ask for that one first.
import { api, refusal } from '../lib/api.js';
import { h, replace } from '../lib/dom.js';
import { answerOf } from '../schema/answer.js';
import { answeredMeanwhile } from '../schema/answered.js';
import { schemaForm } from '../schema/form.js';

const questionOf = one => JSON.stringify([one.waitingFor, one.state, one.attempt, one.deadline]);

// `who()` is the name of whoever answers, `changed()` asks for the list anew, `row` takes the focus; `renew(words)` is called when the
// question was answered from here and there is another one. With `news` the buttons wait until somebody has read them.
export function answerBox(workflow, event, first, { who, changed, row, renew, news: words = null }) {
  const instances = api.of(workflow.collection);
  const shape = answerOf(event);
  const form = schemaForm(shape.fields.filter(field => field !== shape.who));
  const news = h('div', { class: 'answer-news', role: 'status', hidden: true });
  const refused = h('div', { class: 'refusal', role: 'alert' });
  const buttons = shape.decision.options.map((option, index) => h('button', {
    type: 'button', class: `button small ${option.value ? 'good' : 'bad'}`, 'data-action': `answer-${index}`, click: () => answer(index),
  }, option.title, ' ', h('kbd', { 'aria-hidden': 'true' }, 'RU'[index])));
  let asked = first;
  let latest = first; // Null when it waits no longer.
  let seen = questionOf(first);
  let sending = false;
  let answered = null; // What was answered from here, until another question comes.
  let armed = true;
  let dropped = false;

  const typed = () => Object.keys(form.body()).length > 0;
  const arm = on => {
    armed = on;
    buttons.forEach(one => (one.disabled = !on));
  };
  const tell = (...words) => {
    replace(news, ...words);
    news.hidden = false;
  };

  // Whoever was about to press a button meant the question before this one.
  function askAgain(words) {
    arm(false);
    const again = latest && h('button', {
      type: 'button', class: 'button small', click: () => {
        [asked, answered] = [latest, null];
        news.hidden = true;
        replace(refused);
        arm(true);
        row.focus();
      },
    }, latest.attempt > 1 ? `Answer attempt ${latest.attempt}` : 'Answer again');
    const drop = !latest && typed() && h('button', {
      type: 'button', class: 'button small', click: () => {
        dropped = true;
        tell(h('p', {}, 'Dropped.'));
        changed();
      },
    }, 'Discard what was typed');
    tell(h('p', {}, words), again, drop);
  }

  // Who was faster stands in the steps, which a list does not have.
  async function whatBecameOfIt() {
    const before = asked;
    try {
      const answer = await instances.find(before.instanceId);
      if (answered || sending) return;
      askAgain(answer.ok ? answeredMeanwhile(before, answer.body.progress?.steps ?? [], workflow) : refusal(answer));
    } catch {
      // The list says soon enough that there is no connection.
    }
  }

  async function answer(index) {
    if (!armed || sending) return;
    const option = shape.decision.options[index];
    sending = true;
    arm(false);
    form.clear();
    replace(refused);
    // A button that cannot be pressed any more would lose the keys.
    if (row.contains(document.activeElement)) row.focus({ preventScroll: true });
    const name = shape.who && who();
    const payload = {
      [shape.decision.name]: option.value, ...(shape.attempt && { attempt: asked.attempt }), ...(name && { [shape.who.name]: name }), ...form.body(),
    };
    let reply = null;
    try {
      reply = await instances.answer(asked.instanceId, event, payload);
    } catch {
      replace(refused, 'There is no connection to the server: the answer may not have arrived.');
    }
    sending = false;
    if (reply?.ok) take(option);
    else if (reply) refuse(reply);
    else arm(true);
    update(latest);
    changed();
  }

  function take(option) {
    answered = option;
    form.parts.forEach(({ element }) => (element.hidden = true));
    row.classList.add('answered');
    tell(h('p', {}, `Answered: ${option.title.toLowerCase()}.`));
    buttons.forEach(one => (one.hidden = true));
  }

  function refuse(reply) {
    const errors = reply.body?.errors ?? [];
    if (reply.status === 409) return askAgain(refusal(reply));
    arm(true);
    const others = form.refuse(errors).map(error => h('p', {}, error.message));
    replace(refused, errors.length > 0 ? others : refusal(reply));
  }

  function update(one) {
    latest = one;
    if (sending) return;
    const question = one && questionOf(one);
    if (question === seen) return;
    seen = question;
    if (!answered) whatBecameOfIt();
    else if (one) renew(`Answered: ${answered.title.toLowerCase()}. It is waiting again.`);
  }

  if (words) askAgain(words);
  return {
    element: h('div', { class: 'answer-box' }, h('div', { class: 'answer-fields' }, form.parts.map(part => part.element)),
      h('div', { class: 'answer-buttons' }, buttons), news, refused),
    answer,
    // Where words go.
    focus: () => form.parts[0]?.element.querySelector('input, textarea, select')?.focus(),
    update,
    // What was typed and not taken must not go with its row.
    mayGo: () => !sending && (answered !== null || dropped || !typed()),
  };
}
