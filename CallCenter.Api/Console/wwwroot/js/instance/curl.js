// What the page asks of the server, as commands for a shell. Nothing of the page is needed for it.

// A text that the shell takes as it is.
export const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;

// The key is never written out: whoever runs the command has it in the environment.
const KEY = '-H "x-functions-key: $CALLCENTER_KEY"';

export function curl({ url, method = 'GET', body = undefined, withKey = false }) {
  const parts = [`curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`];
  if (withKey) parts.push(KEY);
  if (body !== undefined) parts.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`);
  return parts.join(' \\\n  ');
}

// The smallest answer that an event takes: what it requires, for this attempt.
export function exampleOf(schema, attempt) {
  const body = {};
  for (const [name, property] of Object.entries(schema?.properties ?? {})) {
    if (name === 'attempt') {
      if (attempt !== undefined) body[name] = attempt;
    } else if ((schema.required ?? []).includes(name)) body[name] = valueOf(property);
  }
  return body;
}

function valueOf(property) {
  const type = Array.isArray(property.type) ? property.type[0] : property.type;
  const known = property.default ?? property.examples?.[0] ?? property.enum?.[0];
  if (known !== undefined) return known;
  switch (type) {
    case 'boolean': return true;
    case 'integer':
    case 'number': return property.minimum ?? 1;
    case 'array': return [];
    case 'object': return exampleOf(property);
    default: return 'text';
  }
}
