// The server's refusals in the words of the form. The server names a property as a program does ('retry.maxAttempts'); who fills in a form knows
// its title. Nothing of the page is needed for it.

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// `fields` are those of the form, each with its `path` and `title`.
export const withTitles = (message, fields) => fields.reduce((text, { path, title }) => {
  const name = `'${escaped(path)}'`;
  return text.replace(new RegExp(`^${name}`), () => title).replace(new RegExp(name, 'g'), () => `“${title}”`);
}, message);
