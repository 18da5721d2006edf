// Asks again and again, and tells the page's connection light how that goes. Nothing is asked in a hidden tab more than
// twice a minute; a connection that is lost is tried again after 1, 2, 4 ... at most 15 seconds.
import { connection } from './connection.js';

const HIDDEN = 30_000;
const LONGEST_PAUSE = 15_000;

// `load` asks once and returns the milliseconds until the next time, or null when there is nothing more to ask for.
export function poll(load) {
  let timer = 0;
  let failures = 0;
  let stopped = false;
  let busy = false;

  async function run() {
    clearTimeout(timer);
    if (busy || stopped) return;
    busy = true;
    let pause;
    try {
      pause = await load();
      failures = 0;
      if (!stopped) connection.alive();
    } catch (error) {
      if (!isExpected(error)) console.error(error);
      pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++);
      if (!stopped) connection.lost(pause, run);
    }
    busy = false;
    if (stopped || pause === null) return;
    timer = setTimeout(run, document.hidden && failures === 0 ? HIDDEN : pause);
  }

  const onVisible = () => !document.hidden && run();
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('online', run);
  run();
  return {
    now: run,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
      window.removeEventListener('online', run);
    },
  };
}

// fetch throws a TypeError when it cannot reach the server and a DOMException when it has waited long enough.
const isExpected = error => error instanceof TypeError || error instanceof DOMException || error instanceof ServerTrouble;

// An answer that says nothing about what was asked (5xx): the same to a reader as no answer.
class ServerTrouble extends Error {}

export function expectAnswer(answer) {
  if (answer.status >= 500) throw new ServerTrouble(`The server answered ${answer.status}.`);
  return answer;
}
