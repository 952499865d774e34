/** What a replica is just now, in one object: what the job says of it, what it reported last, and where it trains. */

import { count, number } from './dom.js';

/** hosts: names of machines by address of a worker. */
export function standing(replica, job, series, hosts) {
  const values = series.last(replica.replica)?.values ?? {};
  const isTraining = replica.worker !== null && !replica.outcome && !replica.waiting && job.state !== 'paused';
  const host = replica.worker === null ? null : hosts.get(replica.worker) ?? replica.worker;
  return {
    replica: replica.replica,
    name: `r${replica.replica}`,
    isBest: job.best_replica === replica.replica && job.replicas.length > 1,
    state: replica.outcome ?? (replica.waiting ? 'waiting' : job.state),
    steps: replica.steps,
    epoch: replica.epoch,
    worker: replica.worker,
    host,
    device: replica.device,
    slot: replica.slot,
    rate: isTraining ? values.images_per_second : undefined,
    staleness: values.parameters_staleness_steps ?? values.merge_staleness_steps ?? values.replay_staleness_steps,
    scores: replica.scores,
    values,
  };
}

/** Where it trains, in words. */
export const placeOf = one => one.worker === null ? 'no slot' : [one.device, one.slot === null ? null : `slot ${one.slot}`].filter(Boolean).join(' ') + ` on ${one.host}`;

/** All of it in a sentence, as for a screen reader. */
export const sentenceOf = one => [
  `Replica ${one.replica}${one.isBest ? ', the best one' : ''}: ${one.state}`,
  `step ${count(one.steps)}`,
  placeOf(one),
  `epoch ${one.epoch}`,
  one.rate !== undefined && `${number(one.rate)} images a second`,
  one.staleness !== undefined && `${number(one.staleness)} steps stale`,
].filter(Boolean).join(', ') + '.';
