// The picture as a file: an SVG that needs no style sheet and has its own ground, so that it can be read on any page, and the same
// as PNG.
import { svg } from '../lib/dom.js';

const STYLES = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'paint-order',
  'font-size', 'font-weight', 'font-family', 'opacity', 'visibility',
];
const PAGE_ONLY = ['class', 'style', 'tabindex', 'role', 'aria-pressed', 'aria-current', 'data-state', 'data-look'];
const SHARPNESS = 2;

// Attributes, not a style: what shows the file may have a policy against styles.
export function pictureOf(graph) {
  const copy = graph.cloneNode(true);
  const [from, to] = [graph, copy].map(one => [one, ...one.querySelectorAll('*')]);
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const name of STYLES) to[index].setAttribute(name, style.getPropertyValue(name));
    for (const name of PAGE_ONLY) to[index].removeAttribute(name);
  });
  const { x, y, width, height } = graph.viewBox.baseVal;
  const ground = getComputedStyle(graph.closest('.card') ?? document.body).backgroundColor;
  copy.prepend(svg('rect', { x, y, width, height, fill: ground }));
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height, role: 'img' })) copy.setAttribute(name, value);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

export async function asPng({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [SHARPNESS * width, SHARPNESS * height];
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}
