// A small script that comes before the page's large one and asks meanwhile for what a list asks for first: on a slow line its rows stand two
// round trips sooner. Nothing depends on it. The page loads it as a classic script, before the styles: a module would wait for them.
import { askEarly } from './lib/early.js';
import { listPath, WORKFLOWS } from './lib/send.js';
import { firstQuery } from './list/question.js';
import { knownCollections, parse } from './router.js';

const askForList = collections => {
  const { page, collection, query } = parse(location.hash, collections);
  if (page === 'list') askEarly(listPath(collection, firstQuery(Object.fromEntries(query), Date.now())));
};

const workflows = askEarly(WORKFLOWS);
const known = knownCollections();
if (known) askForList(known);
else workflows.then(({ ok, body }) => ok && askForList(body.workflows.map(({ collection }) => collection)), () => {});
