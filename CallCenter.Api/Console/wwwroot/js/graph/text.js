// Text in a picture: how wide it is, and how it is broken into lines.

// As the style sheet writes them: what is measured must be what is drawn.
const pen = document.createElement('canvas').getContext('2d');
const family = getComputedStyle(document.body).fontFamily;
const width = font => text => {
  pen.font = `${font} ${family}`;
  return pen.measureText(text).width;
};

export const measure = { name: width('600 14px'), label: width('12px') };

// The first of some texts that fits; the last, shortened, where none does.
export const fitting = (texts, room, measured) => texts.find(text => measured(text) <= room) ?? shorten(texts.at(-1), room, measured);

// As few lines as fit, and these as narrow as they can be: three of a length look better than two and a rest.
export function wrap(text, width, measured) {
  const lines = fill(text, width, measured);
  for (let narrower = width - 6; narrower > 0; narrower -= 6) {
    const other = fill(text, narrower, measured);
    if (other.length > lines.length || Math.max(...other.map(measured)) > narrower) return fill(text, narrower + 6, measured);
  }
  return lines;
}

function fill(text, width, measured) {
  const [first, ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (measured(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

export function shorten(text, room, measured) {
  let shorter = text;
  while (measured(shorter) > room) shorter = `${shorter.slice(0, -2)}…`;
  return shorter;
}
