// Builds elements. A string is only ever set as text: there is no way in here to turn one into markup.

const SVG = 'http://www.w3.org/2000/svg';

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...content(children));
  return element;
}

// What may stand among an element's children: elements, texts, lists of both, and nothing.
const content = children => children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);

export function replace(element, ...children) {
  element.replaceChildren(...content(children));
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (value === null || value === false || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

// Shows a list of items as children. An item that did not change keeps its element, and with it focus and selection.
export function keyed(parent, items, keyOf, build) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  const wanted = items.map((item, index) => {
    const key = keyOf(item, index);
    const signature = JSON.stringify(item);
    const known = old.get(key);
    if (known?.signature === signature) return known;
    const fresh = build(item, index, known !== undefined);
    fresh.dataset.key = key;
    fresh.signature = signature;
    if (known?.contains(document.activeElement)) moveFocus(known, fresh);
    return fresh;
  });
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastElementChild.remove();
}

// The same control in the new element, found by what it does, takes the focus once it is in the page.
function moveFocus(from, to) {
  const action = document.activeElement.dataset.action;
  queueMicrotask(() => (action ? to.querySelector(`[data-action="${action}"]`) : to.querySelector('a, button'))?.focus());
}

// Calls `show` only when what it would show has changed.
export function whenChanged(show) {
  let before;
  return (...values) => {
    const now = JSON.stringify(values);
    if (now === before) return;
    before = now;
    show(...values);
  };
}
