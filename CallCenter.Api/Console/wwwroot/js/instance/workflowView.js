// The picture of the workflow, laid out for the room there is, and coloured as the instance goes.
import { now } from '../lib/clock.js';
import { h, replace } from '../lib/dom.js';
import { countdown, duration, growing } from '../lib/format.js';
import { hasEnded } from '../lib/status.js';
import { drawGraph } from '../graph/draw.js';
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
    const { instance, traced, selected } = shown;
    draw();
    graph.update(traced, {
      selected,
      ended: hasEnded(instance.runtimeStatus),
      more: Boolean(instance.progress?.stepsOmitted),
      caption: (state, tone) => caption(tone, traced.visits.get(state)?.at(-1), instance.progress),
    });
  }

  small.addEventListener('change', update);
  return {
    element,
    update(instance, traced, selected) {
      shown = { instance, traced, selected };
      update();
    },
    tick: update,
    stop: () => small.removeEventListener('change', update),
  };
}

// The word under a state's name: short, because there is little room.
function caption(tone, step, progress) {
  const took = step?.endedAt ? ` · ${duration(Date.parse(step.endedAt) - Date.parse(step.startedAt))}` : '';
  const since = step && !step.endedAt ? ` · ${growing(now() - Date.parse(step.startedAt))}` : '';
  switch (tone) {
    case 'idle': return 'Not reached';
    case 'skipped': return 'Not taken';
    case 'running': return `Running${since}`;
    case 'waiting': return `Waiting${progress?.deadline ? ` · ${countdown(Date.parse(progress.deadline) - now())}` : ''}`;
    case 'done': return `Done${took}`;
    case 'caught': return 'Failed, handled';
    case 'paused': return 'Suspended';
    case 'stopped': return 'Terminated';
    default: return `Failed${took}`;
  }
}
