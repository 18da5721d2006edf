// Times and durations as people read them.
import { h } from './dom.js';

const two = number => String(number).padStart(2, '0');

export function duration(milliseconds) {
  if (!(milliseconds >= 0)) return '–';
  if (milliseconds < 1) return '< 1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3600) % 24} h`;
}

// Where there is little room: '850 ms', '40 s', '2.2 h'.
export function brief(milliseconds) {
  const units = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's']];
  const [length, unit] = units.find(([one]) => milliseconds >= one) ?? [1, 'ms'];
  const amount = milliseconds / length;
  return `${amount < 9.95 && length > 1 ? Number(amount.toFixed(1)) : Math.round(amount)} ${unit}`;
}

// A duration that is still growing is shown in whole seconds: tenths that jump once a second only disturb.
export const growing = milliseconds => (milliseconds < 60_000 ? `${Math.max(0, Math.floor(milliseconds / 1000))} s` : duration(milliseconds));

export function countdown(milliseconds) {
  if (milliseconds <= 0) return '0:00';
  const seconds = Math.ceil(milliseconds / 1000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days) return `${days} d ${two(hours)}:${two(minutes)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const toTheSecond = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false };
const day = { month: 'short', day: 'numeric' };
const finer = { ...toTheSecond, fractionalSecondDigits: 3 };
const formats = [toTheSecond, finer].map(time => ({
  today: new Intl.DateTimeFormat(undefined, time), earlier: new Intl.DateTimeFormat(undefined, { ...day, ...time }),
}));
const precise = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

// Whether two of these moments would read the same although they are not.
export function readAlike(moments) {
  const bySecond = new Map();
  for (const iso of moments.filter(Boolean)) {
    const time = Date.parse(iso);
    const second = Math.floor(time / 1000);
    if ((bySecond.get(second) ?? time) !== time) return true;
    bySecond.set(second, time);
  }
  return false;
}

// A moment in the reader's own time zone, to the second or to the millisecond; the whole truth is in its title.
export function moment(iso, fine = false) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return h('span', {}, '–');
  const today = date.toDateString() === new Date().toDateString();
  return h('time', { datetime: iso, title: `${precise.format(date)} (${iso})` }, formats[fine ? 1 : 0][today ? 'today' : 'earlier'].format(date));
}

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
