// The server's time, and everything on the page that counts up or down.

let skew = 0;

// A browser whose clock is wrong would show wrong deadlines. The Date header has whole seconds: less than two is no news.
export function learnServerTime(dateHeader) {
  const difference = Date.parse(dateHeader ?? '') - Date.now();
  if (!Number.isNaN(difference)) skew = Math.abs(difference) > 2000 ? difference : 0;
}

export const now = () => Date.now() + skew;

const ticking = new Map();

// Keeps a text up to date each second for as long as its element is in the page.
export function ticks(element, text) {
  element.textContent = text();
  ticking.set(element, { text, seen: false });
  return element;
}

setInterval(() => {
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
}, 1000);
