// The timeline beside the steps: an axis for all of them, and for each a lane with its bar, its tries, the folds and the restarts.
import { h, replace, whenChanged } from '../lib/dom.js';
import { brief, duration, moment } from '../lib/format.js';
import { icon } from '../lib/icons.js';
import { timeScale } from './scale.js';
import { spansOf } from './spans.js';

// About how wide a letter of the axis is; what has no room there is left out.
const LETTER = 6;

const percent = share => `${(100 * share).toFixed(3)}%`;

export function timeline(states) {
  const axis = h('div', { class: 'axis', 'aria-hidden': 'true' });
  const note = h('p', { class: 'hint timeline-note' });
  const drawAxis = whenChanged((ticks, folds, restarts, pixels) => replace(axis,
    ticks.map(({ at, after, isFirst }) => placed('tick', at, h('span', {}, after === 0 ? '0' : `${isFirst ? '' : '+'}${round(after)}`))),
    folds.filter(({ share, length }) => share * pixels > LETTER * brief(length).length).map(foldName),
    restarts.map(({ at }) => placed('restart-name', at, icon('power')))));
  const tell = whenChanged((folds, restarts) => replace(note, folds > 0 && folded(folds), restarts.length > 0 && restarted(restarts)));

  return {
    axis, note,
    // `rows` are the steps' rows, each with its `step`, its place among the steps (`index`) and the `lane` to draw in.
    place({ instance, steps, tried, events, restarts: starts, until }, rows) {
      const began = Math.min(Date.parse(instance.createdAt), ...steps.map(step => Date.parse(step.startedAt)));
      const scale = timeScale({ from: began, to: Math.max(until, began), ...spansOf({ steps, states, tried, events, restarts: starts, until }) });
      const restarts = starts.map(time => ({ at: scale.at(time), time }));
      const pixels = axis.clientWidth || 320;
      const ticks = scale.ticks(pixels);
      const folds = scale.folds.map(({ at, share, length }) => ({ at, share, length }));
      drawAxis(ticks, folds, restarts, pixels);
      tell(folds.length, starts);
      for (const row of rows) {
        const stop = row.step.endedAt ? Date.parse(row.step.endedAt) : until;
        row.draw(bars(row.step, tried[row.index], stop, scale), ticks.map(tick => tick.at), folds, restarts);
      }
    },
  };
}

const foldName = ({ at, share, length }) =>
  placed('fold-name', at + share / 2, h('span', { title: `${duration(length)} in which nothing ran` }, brief(length)));

// Draws a step's lane whenever something in it has moved.
export const drawLane = lane => whenChanged(({ bar, tries }, ticks, folds, restarts) => replace(lane,
  ticks.map(at => placed('grid-line', at)),
  folds.map(({ at, share }) => stretched('fold-mark', at, share)),
  stretched(tries.length > 0 ? 'bar thread' : 'bar', bar.from, bar.length),
  tries.map(({ from, length, look, title }) => stretched(`bar try ${look}`, from, length, title)),
  restarts.map(({ at }) => placed('restart-mark', at))));

function bars(step, { tries, since }, stop, scale) {
  const stretch = (from, to) => ({ from: scale.at(from), length: scale.at(to) - scale.at(from) });
  const bar = stretch(Date.parse(step.startedAt), stop);
  // One try that went well is the step itself.
  if (!tries.some(one => one.error)) return { bar, tries: [] };
  const ended = tries.map(({ from, to, error }, index) => ({
    ...stretch(from, to), look: error ? 'tone-failed' : '',
    title: `Try ${index + 1}: ${error ? `failed after ${duration(to - from)}: ${error.message}` : duration(to - from)}`,
  }));
  const running = since !== null ? [{ ...stretch(since, stop), look: 'open', title: `Try ${tries.length + 1}, under way` }] : [];
  return { bar, tries: [...ended, ...running] };
}

const round = milliseconds => (milliseconds < 1000 ? `${milliseconds} ms` : milliseconds < 60_000 ? `${milliseconds / 1000} s` : brief(milliseconds));

function placed(look, at, ...content) {
  const element = h('div', { class: look }, content);
  element.style.left = percent(at);
  return element;
}

function stretched(look, from, length, title = null) {
  const element = h('div', { class: look, title });
  element.style.setProperty('--from', percent(from));
  element.style.setProperty('--length', percent(Math.max(0, length)));
  return element;
}

// How long each is stands above it.
const folded = count => h('span', {}, h('span', { class: 'fold-key', 'aria-hidden': 'true' }),
  count === 1 ? 'Folded: a gap in which nothing ran.' : `Folded: ${count} gaps in which nothing ran.`);

const restarted = times => h('span', {}, icon('power'), times.length === 1 ? 'The program was restarted at ' : 'The program was restarted: ',
  times.map((time, index) => [index > 0 && ', ', moment(new Date(time).toISOString())]), '.');
