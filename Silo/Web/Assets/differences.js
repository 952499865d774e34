/** In which keys trees of values differ. */

/** [{ key, values }] with dotted keys: those of which not all trees have the same value, in the order of the trees. */
export function differences(trees) {
  const flat = trees.map(tree => flatten(tree));
  const keys = [...new Set(flat.flatMap(values => [...values.keys()]))];
  return keys.map(key => ({ key, values: flat.map(values => values.get(key)) })).filter(row => new Set(row.values).size > 1);
}

/** A value that is null is as if nobody had said it. */
function flatten(tree, path = '', values = new Map()) {
  for (const [name, value] of Object.entries(tree)) {
    const key = path ? `${path}.${name}` : name;
    if (Array.isArray(value)) values.set(key, `[${value.join(', ')}]`);
    else if (value !== null && typeof value === 'object') flatten(value, key, values);
    else if (value !== null) values.set(key, String(value));
  }
  return values;
}

/** What two scores of one name must have in common to be compared. */
const decisive = ['feature_network', 'feature_hash', 'resize', 'reference', 'reference_samples', 'samples'];

/** By score, what its newest value in lines of evaluation.jsonl depends on. */
export function provenance(lines) {
  const found = {};
  for (const line of lines.split('\n').filter(Boolean)) {
    const { source, provenance: known } = JSON.parse(line);
    if ((source ?? 'train') !== 'train') continue;
    for (const [score, facts] of Object.entries(known ?? {})) found[score] = Object.fromEntries(decisive.map(key => [key, facts[key] ?? null]));
  }
  return found;
}

/** The best of several values; null where fewer than two are there, or all are equally good. */
export function bestOf(values, isLowerBetter) {
  const known = values.filter(Number.isFinite);
  const best = isLowerBetter ? Math.min(...known) : Math.max(...known);
  return known.length > 1 && known.some(value => value !== best) ? best : null;
}
