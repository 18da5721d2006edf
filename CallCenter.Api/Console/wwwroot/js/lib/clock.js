// The server's time, and everything on the page that counts up or down.

let skew = 0;

// A browser whose clock is wrong would show wrong deadlines. The Date header has whole seconds, and the answer may have been long on
// its way since the question was sent: what fits into that time, give or take two seconds, is no news, and taking it for news would make every text jump.
export function learnServerTime(dateHeader, sent = Date.now()) {
  const server = Date.parse(dateHeader ?? '');
  const difference = server - Date.now();
  if (server - sent - skew < -2000 || difference - skew > 2000) skew = Math.abs(difference) > 2000 ? difference : 0;
}

// One moment for the whole page: whatever counts shows the same second everywhere.
let current = Date.now();
export const now = () => current;

const ticking = new Map();

// Keeps a text up to date each second for as long as its element is in the page.
export function ticks(element, text) {
  element.textContent = text();
  ticking.set(element, { text, seen: false });
  return element;
}

// Goes on to this very moment; a page does it before it shows what it was told.
export function beat() {
  current = Date.now() + skew;
  for (const [element, entry] of ticking) {
    if (element.isConnected) {
      entry.seen = true;
      const text = entry.text();
      if (element.textContent !== text) element.textContent = text;
    } else if (entry.seen) {
      ticking.delete(element);
    } else {
      entry.seen = true; // Built, but not in the page yet: one more second.
    }
  }
}

const following = new Set();

// Calls back once a second, until what it returns is called.
export function follows(callback) {
  following.add(callback);
  return () => following.delete(callback);
}

setInterval(() => {
  beat();
  for (const follow of following) follow();
}, 1000);
