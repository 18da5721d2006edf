// A definition with the flows inside its states: the branches of a Parallel state, and what a Map state does with each item.

const flowsOf = state => [...(state.branches ?? []), ...(state.itemProcessor ? [state.itemProcessor] : [])];

const allFlows = flow => [flow, ...flow.states.flatMap(flowsOf).flatMap(allFlows)];

export const statesOf = definition => allFlows(definition).flatMap(flow => flow.states);

export const waysOf = definition => allFlows(definition).flatMap(flow => flow.transitions);
