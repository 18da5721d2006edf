// The workflow with how long each state takes: a number in each node, the warmer the longer; and the same as a table.
import { drawGraph } from '../graph/draw.js';
import { layout, narrow, wide } from '../graph/layout.js';
import { h, replace, whenChanged } from '../lib/dom.js';
import { statesOf } from '../lib/flow.js';
import { duration, moment } from '../lib/format.js';
import { heat } from '../lib/minutes.js';

const small = matchMedia('(max-width: 560px)');
const COLUMNS = ['State', 'Times', 'Half took at most', '95 % took at most'];

export function heatView({ definition, words }) {
  // Nothing in the picture takes the focus, and on a narrow screen it is scrolled.
  const graphPlace = h('div', { class: 'graph-place heat', tabindex: '0', role: 'region', 'aria-label': 'Workflow' });
  const body = h('tbody');
  const since = h('p', { class: 'hint' });
  let shown = [];
  const element = h('details', { class: 'figures-states', toggle: () => show() },
    h('summary', {}, 'How long the states take'),
    h('div', { class: 'figures-heat' }, graphPlace,
      h('div', {}, h('table', { class: 'figures-table' }, h('thead', {}, h('tr', {}, COLUMNS.map((name, index) =>
        h('th', { scope: 'col', class: index > 0 ? 'number' : null }, name)))), body), since)));

  const draw = whenChanged((states, isSmall) => {
    const known = new Map(states.map(state => [state.name, state]));
    const warmth = heat(states);
    const graph = drawGraph(layout(definition, isSmall ? narrow : wide), { name: `How long the states of ${words.anItem} take`, select: null });
    graph.update(untouched(definition), { selected: null, ended: false, more: false, captions: name => captions(known.get(name)) });
    for (const node of graph.element.querySelectorAll('.state')) {
      node.style.setProperty('--heat', `${Math.round(60 * (warmth.get(node.dataset.state) ?? 0))}%`);
    }
    replace(graphPlace, graph.element);
    replace(body, states.map(state => h('tr', {}, h('th', { scope: 'row' }, state.name),
      [state.count.toLocaleString(), duration(1000 * state.p50), duration(1000 * state.p95)].map(text => h('td', { class: 'number' }, text)))));
  });
  // Drawn only where somebody looks: a picture in a closed fold has no room.
  const show = () => element.open && draw(shown, small.matches);
  small.addEventListener('change', show);
  return {
    element,
    update(states, statesSince) {
      const order = statesOf(definition).map(state => state.name);
      shown = [...states].sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
      element.hidden = states.length === 0;
      replace(since, 'Measured since ', moment(statesSince), '.');
      show();
    },
    stop: () => small.removeEventListener('change', show),
  };
}

// There is little room in a node: the table has both in full.
const captions = state => (state ? [`${duration(1000 * state.p50)} … ${duration(1000 * state.p95)}`, `≤ ${duration(1000 * state.p95)}`] : ['']);

// No instance: nothing is reached, nothing is taken.
const untouched = definition => ({
  tones: new Map(statesOf(definition).map(state => [state.name, 'idle'])), visits: new Map(), taken: new Map(), current: null,
});
