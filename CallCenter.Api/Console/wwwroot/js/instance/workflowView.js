// The picture of the workflow, laid out for the room there is, and coloured as the instance goes.
import { now } from '../lib/clock.js';
import { h, replace } from '../lib/dom.js';
import { download } from '../lib/download.js';
import { brief, countdown, duration, growing } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { hasEnded } from '../lib/status.js';
import { retryText } from '../lib/tries.js';
import { drawGraph } from '../graph/draw.js';
import { asPng, pictureOf } from '../graph/picture.js';
import { layout, narrow, wide } from '../graph/layout.js';

const small = matchMedia('(max-width: 560px)');

export function workflowView(workflow, select) {
  const { definition, words } = workflow;
  const element = h('div', { class: 'graph-place' });
  let graph = null;
  let drawn = null;
  let shown = null;

  function draw() {
    if (drawn === small.matches) return;
    drawn = small.matches;
    graph = drawGraph(layout(definition, small.matches ? narrow : wide), { name: `The workflow and where this ${words.item} stands in it`, select });
    replace(element, graph.element);
  }

  function update() {
    if (shown === null) return;
    const { instance, traced, selected, retry } = shown;
    draw();
    graph.update(traced, {
      selected,
      ended: hasEnded(instance.runtimeStatus),
      more: Boolean(instance.progress?.stepsOmitted),
      captions: (state, tone) => captions(tone, traced.visits.get(state)?.at(-1), instance.progress, retry),
    });
  }

  async function save(format) {
    const picture = pictureOf(graph.element);
    const name = `${words.item}-${shown.instance.instanceId}.${format}`;
    if (format === 'svg') download(name, 'image/svg+xml', picture.text);
    else download(name, 'image/png', await asPng(picture));
  }
  const saving = format => h('button', {
    type: 'button', class: 'button small', title: `Save the picture as ${format.toUpperCase()}`, click: () => save(format),
  }, icon('download'), format.toUpperCase());

  small.addEventListener('change', update);
  return {
    element,
    tools: h('div', { class: 'choice-row', role: 'group', 'aria-label': 'Save the picture' }, saving('svg'), saving('png')),
    // `retry`: how the last step stands with its tries.
    update(instance, traced, selected, retry) {
      shown = { instance, traced, selected, retry };
      update();
    },
    tick: update,
    stop: () => small.removeEventListener('change', update),
  };
}

const wholeSeconds = milliseconds => Math.floor(milliseconds / 1000) * 1000;

// The words under a state's name, the longest first: the picture takes what there is room for.
function captions(tone, step, progress, retry) {
  const began = step && Date.parse(step.startedAt);
  const took = step?.endedAt ? Date.parse(step.endedAt) - began : null;
  const also = (word, ...more) => [...more.map(one => `${word} · ${one}`), word];
  const andTook = word => (took === null ? [word] : also(word, duration(took), brief(took)));
  const since = step && !step.endedAt ? now() - began : 0;
  const left = Date.parse(progress?.deadline) - now();
  // In whole seconds, as everywhere else on the page.
  const until = retry && wholeSeconds(retry.nextAt - now() + 1000);
  switch (tone) {
    case 'idle': return ['Not reached'];
    case 'skipped': return ['Not taken'];
    case 'running': return retry ? also(retryText(retry), growing(since)) : also('Running', growing(since), brief(wholeSeconds(since)));
    case 'waiting': return progress?.deadline ? [`Waiting · ${countdown(left)}`, `${countdown(left)} left`, `${brief(left)} left`] : ['Waiting'];
    case 'retrying': return [retryText(retry, growing(until)), retryText(retry, brief(until)), `Try ${retry.number} in ${brief(until)}`, 'Next try later'];
    case 'done': return andTook('Done');
    case 'caught': return ['Failed, handled', 'Handled'];
    case 'paused': return ['Suspended'];
    case 'stopped': return ['Terminated'];
    default: return andTook('Failed');
  }
}
