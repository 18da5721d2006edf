// Where on the list somebody was, kept with the entry of the browser's history: the way back leads there, a link to the list does not.

// The browser would scroll before there is anything to scroll to.
history.scrollRestoration = 'manual';
const PAUSE = 100;

export const rememberedPlace = () => history.state?.list ?? null;

export function keepPlace(element) {
  let timer = 0;
  const keep = row => {
    clearTimeout(timer);
    history.replaceState({ ...history.state, list: { top: scrollY, row: row ?? null } }, '');
  };
  const scrolled = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  window.addEventListener('scroll', scrolled, { passive: true });
  // A link leads away, and then the entry is another one.
  element.addEventListener('click', event => event.target.closest('a') && keep(event.target.closest('tr')?.dataset.key), true);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('scroll', scrolled);
  };
}

export function goToPlace({ top, row }, element) {
  window.scrollTo(0, top);
  if (row) element.querySelector(`tr[data-key="${CSS.escape(row)}"] .instance-link`)?.focus({ preventScroll: true });
}
