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
const timeOnly = new Intl.DateTimeFormat(undefined, toTheSecond);
const dayAndTime = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', ...toTheSecond });
const precise = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

// A moment in the reader's own time zone; the whole truth is in its title.
export function moment(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return h('span', {}, '–');
  const today = date.toDateString() === new Date().toDateString();
  return h('time', { datetime: iso, title: `${precise.format(date)} (${iso})` }, (today ? timeOnly : dayAndTime).format(date));
}

export const plural = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
