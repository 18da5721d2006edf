// Answers that were asked for before the page's script was there: early.js asks, the script takes. They are two scripts with nothing in common
// but this place in the window.
import { send } from './send.js';
import { storedKey } from './storedKey.js';

// For early.js. Null when the script was faster: then it asks for everything itself.
export function askingEarly() {
  if (window.earlyAnswers === null) return null;
  const answers = (window.earlyAnswers = new Map());
  return path => {
    const key = storedKey();
    const answer = send('GET', path, key ? { 'x-functions-key': key } : {});
    answer.catch(() => {}); // Whoever takes it sees what went wrong.
    answers.set(path, { key, answer });
    return answer;
  };
}

// For the script. Each answer is taken once, and only with the key that it was asked for with.
export function earlyAnswers() {
  const answers = window.earlyAnswers ?? new Map();
  window.earlyAnswers = null;
  return {
    take(method, path, key) {
      const early = method === 'GET' ? answers.get(path) : undefined;
      answers.delete(path);
      return early?.key === key ? early.answer : undefined;
    },
    clear: () => answers.clear(),
  };
}
