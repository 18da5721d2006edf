// Whether somebody has a hand on an element: the pointer over it, or the focus in it.

// A finger leaves `:hover` behind where it was last.
const canHover = matchMedia('(hover: hover)');

// `release` is called when the hand has gone.
export function hold(element, release) {
  const isHeld = () => (canHover.matches && element.matches(':hover')) || element.contains(document.activeElement);
  // Where the focus goes is known only after it has left.
  const look = () => setTimeout(() => isHeld() || release());
  element.addEventListener('pointerleave', look);
  element.addEventListener('focusout', look);
  return isHeld;
}
