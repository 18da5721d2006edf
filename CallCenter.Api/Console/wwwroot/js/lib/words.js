// The words of a workflow: its names in JSON and in addresses, as people read them.

// `maxAttempts`, `max-attempts` and `MaxAttempts` are all 'max attempts'; an abbreviation keeps its capitals.
export const spaced = name => name
  .replace(/([a-z\d])([A-Z])/g, '$1 $2')
  .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
  .split(/[\s_-]+/)
  .filter(Boolean)
  .map(word => (/^[A-Z][a-z]*$/.test(word) ? word.toLowerCase() : word))
  .join(' ');

export const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

export const label = name => capital(spaced(name));

export const withArticle = noun => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

// 'an agent' is 'agent' where somebody in particular is meant.
export const withoutArticle = text => text.replace(/^(?:an?|the)\s+/i, '');

export function wordsOf({ item, collection, key }) {
  const [one, many] = [spaced(item), spaced(collection)];
  return { item: one, anItem: withArticle(one), items: many, Items: capital(many), key: key?.title ?? 'Instance id' };
}

// What an instance is called: by its key, where its workflow has one and it is known.
export const nameOf = (workflow, instance) => String((workflow.key && instance[workflow.key.name]) ?? instance.instanceId);

// The event that somebody waits for, as the workflow declares it.
export const eventOf = (workflow, name) => workflow.events.find(event => event.name === name) ?? null;

// What is said of a state that nobody answered in time.
export const noAnswer = (workflow, state) => workflow.events.find(event => event.state === state)?.noAnswer ?? 'Nobody answered in time';

export const whoFrom = (workflow, name) => eventOf(workflow, name)?.from ?? `the event ${name}`;
