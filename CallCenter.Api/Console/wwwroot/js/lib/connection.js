// The light in the page's head, and the banner while there is no connection.
import { h, replace, setText } from './dom.js';
import { now, ticks } from './clock.js';

const light = document.getElementById('connection');
const banner = document.getElementById('connection-lost');
let state = null;

export const isLost = () => state === 'lost';

export const connection = {
  alive() {
    if (state === 'alive') return;
    if (state === 'lost') say('Connected again.');
    state = 'alive';
    light.dataset.state = 'alive';
    setText(light, 'Live');
    banner.hidden = true;
  },
  lost(pause, retry) {
    const again = now() + pause;
    light.dataset.state = 'lost';
    setText(light, 'Offline');
    if (state !== 'lost') say('The connection to the server is lost. The page continues by itself when the server is back.');
    state = 'lost';
    replace(banner,
      h('span', {}, h('strong', {}, 'No connection to the server. '), 'What you see may be out of date. '),
      ticks(h('span', { class: 'muted-on-banner' }), () => `Trying again in ${Math.max(0, Math.ceil((again - now()) / 1000))} s.`),
      h('button', { type: 'button', class: 'button small', click: retry }, 'Try now'));
    banner.hidden = false;
  },
};

const announcer = document.getElementById('announcer');

// For ears: spoken by a screen reader without moving the focus.
export function say(text) {
  setText(announcer, text);
}
