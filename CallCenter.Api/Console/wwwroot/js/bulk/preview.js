// What is to be done, and what is not: { fits: [item], rows: [{ status, count, why }] }, a row for each status and reason.
export function previewOf(action, items, workflow) {
  const rows = new Map();
  const fits = [];
  for (const one of items) {
    const why = action.skip(one, workflow) || null;
    if (why === null) fits.push(one);
    const key = JSON.stringify([one.runtimeStatus, why]);
    const row = rows.get(key) ?? { status: one.runtimeStatus, count: 0, why };
    row.count++;
    rows.set(key, row);
  }
  return { fits, rows: [...rows.values()].sort((a, b) => Number(a.why !== null) - Number(b.why !== null) || b.count - a.count) };
}
