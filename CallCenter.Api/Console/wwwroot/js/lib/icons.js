// The icons, drawn on a grid of 16. They take the colour of the text beside them and say nothing to a screen reader.
import { svg } from './dom.js';

const shapes = {
  idle: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z',
  running: 'M13.5 8A5.5 5.5 0 1 1 8 2.5M13.5 8l-2-1.6M13.5 8l1.4-2.1',
  retrying: 'M13 6.5A5.2 5.2 0 1 0 13 10M13 3v3.5H9.5',
  waiting: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM8 5v3.2l2.2 1.4',
  done: 'M3 8.5l3.4 3.4L13 4.8',
  failed: 'M4 4l8 8M12 4l-8 8',
  caught: 'M8 2.6L14.4 13.4H1.6zM8 6.6v3.2M8 11.6v.1',
  paused: 'M5.5 3.5v9M10.5 3.5v9',
  stopped: 'M4 4h8v8H4z',
  skipped: 'M3.5 8h9',
  plus: 'M8 3v10M3 8h10',
  copy: 'M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM10.4 10.4l3.4 3.4',
  back: 'M10 3L5 8l5 5',
  next: 'M6 3l5 5l-5 5',
  close: 'M4 4l8 8M12 4l-8 8',
  again: 'M3 6.5A5.2 5.2 0 1 1 3 10M3 3v3.5h3.5',
  download: 'M8 2.5v7.5M4.8 7L8 10.2L11.2 7M3 13.3h10',
  power: 'M8 2.5v5M4.7 4.6a5 5 0 1 0 6.6 0',
  person: 'M8 2.8a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM3 13.4a5 4.4 0 0 1 10 0',
  trash: 'M3 4.5h10M6.4 4.5V2.8h3.2v1.7M4.5 4.5l.6 8.7h5.8l.6-8.7',
};

export function icon(name) {
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: shapes[name] }));
}

export const iconShape = name => shapes[name];
