// Answers that were asked for before the page's script was there: early.js asks, the script takes. They are two scripts with nothing in common
// but this place in the window.
import { send } from './send.js';
import { storedKey } from './storedKey.js';

// For early.js.
export function askEarly(path) {
  const key = storedKey();
  const answer = send('GET', path, key ? { 'x-functions-key': key } : {});
  answer.catch(() => {}); // Whoever takes it sees what went wrong.
  (window.earlyAnswers ??= new Map()).set(path, { key, answer });
  return answer;
}

// For the script. Each answer is taken once, and only with the key that it was asked for with.
export function earlyAnswers() {
  const answers = window.earlyAnswers ?? new Map();
  return {
    take(method, path, key) {
      const early = method === 'GET' ? answers.get(path) : undefined;
      answers.delete(path);
      return early?.key === key ? early.answer : undefined;
    },
    clear: () => answers.clear(),
  };
}
