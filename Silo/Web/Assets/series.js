/** Reports of a job by replica and step: what was there, and what comes. */

export class Series {
  constructor() {
    /** By replica: by step: { seconds, values }. */
    this.replicas = new Map();
  }

  /** Takes the columns of /metrics. */
  load(metrics) {
    for (const { replica, steps, seconds, values } of metrics.replicas) {
      for (let i = 0; i < steps.length; i++) {
        const kept = {};
        for (const [name, column] of Object.entries(values)) {
          if (column[i] !== null) kept[name] = column[i];
        }
        this.put(replica, steps[i], seconds[i], kept);
      }
    }
  }

  /** Takes one report; an evaluation at a step adds to the report of its round. After a return to a snapshot later steps are done again. */
  put(replica, step, seconds, values) {
    const rows = this.replicas.get(replica) ?? new Map();
    this.replicas.set(replica, rows);
    if ('d_loss' in values && rows.has(step) && 'd_loss' in rows.get(step).values) {
      for (const later of [...rows.keys()].filter(known => known > step)) rows.delete(later);
    }
    rows.set(step, { seconds, values: { ...rows.get(step)?.values, ...values } });
  }

  names() {
    return new Set([...this.replicas.values()].flatMap(rows => [...rows.values()].flatMap(row => Object.keys(row.values))));
  }

  /** x and y of a metric of a replica; x is 'step' or 'seconds'. */
  line(replica, metric, x) {
    const points = [...(this.replicas.get(replica) ?? new Map())]
      .filter(([, row]) => Number.isFinite(row.values[metric]))
      .sort(([a], [b]) => a - b);
    return [points.map(([step, row]) => x === 'step' ? step : row.seconds), points.map(([, row]) => row.values[metric])];
  }

  last(replica) {
    const rows = this.replicas.get(replica);
    if (!rows) return null;
    const step = Math.max(...[...rows].filter(([, row]) => 'd_loss' in row.values).map(([known]) => known));
    return Number.isFinite(step) ? { step, ...rows.get(step) } : null;
  }
}

/** An exponential moving average that is not drawn to zero at its beginning. */
export function smooth(values, weight) {
  if (weight === 0) return values;
  let [sum, total] = [0, 0];
  return values.map(value => {
    sum = sum * weight + (1 - weight) * value;
    total = total * weight + (1 - weight);
    return sum / total;
  });
}
