/** Replicas, events and facts of a job. */

import { clock, count, duration, h, number, table, words } from './dom.js';

export function facts(job, recipe) {
  const budget = recipe?.budget?.steps;
  const seconds = job.steps > 0 && budget > job.steps ? job.seconds / job.steps * (budget - job.steps) : null;
  const isRunning = job.state === 'running';
  const all = [
    ['steps', budget ? `${count(job.steps)} of ${count(budget)}` : count(job.steps)],
    ['images/s', number(job.images_per_second)],
    ['trained', duration(job.seconds)],
    isRunning && seconds !== null && ['left', duration(seconds)],
    ...Object.entries(job.scores).map(([name, value]) => [words(name), number(value)]),
  ].filter(Boolean);
  return [
    budget && h('progress', { max: budget, value: Math.min(job.steps, budget), 'aria-label': 'Steps of the budget' }),
    h('dl', { class: 'facts' }, all.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    job.failure && h('p', { class: 'failure' }, job.failure),
  ].filter(Boolean);
}

export function replicas(job, series, events) {
  const restarts = replica => events.filter(event => event.replica === replica && event.kind === 'resumed').length;
  const stateOf = replica => replica.outcome ?? (replica.waiting ? 'waiting' : job.state);
  const rows = job.replicas.map(replica => {
    const values = series.last(replica.replica)?.values ?? {};
    return [
      `r${replica.replica}${job.best_replica === replica.replica && job.replicas.length > 1 ? ' (best)' : ''}`,
      h('span', { class: `state ${stateOf(replica)}` }, stateOf(replica)),
      count(replica.steps),
      number(values.images_per_second),
      number(values.replay_staleness_steps ?? values.merge_staleness_steps),
      number(values.replay_fill),
      number(values.replay_age_steps),
      number(values.balance_ratio),
      String(restarts(replica.replica)),
      Object.entries(replica.scores).slice(0, 2).map(([name, value]) => `${words(name)} ${number(value)}`).join(', ') || '-',
    ];
  });
  return table(['replica', 'state', '#steps', '#images/s', '#stale', '#replay fill', '#replay age', '#D : G', '#restarts', 'scores'], rows, 'Replicas');
}

export function eventList(events) {
  return h('ol', { class: 'events', reversed: true }, [...events].reverse().slice(0, 200).map(event => h('li', { value: event.sequence, class: /fail|diverge|lost|quarantine|stale|refused|alarm|collapse|vanish/.test(event.kind) && 'bad' },
    h('time', { datetime: event.time }, clock(event.time)), ' ', h('strong', {}, event.kind), event.replica === null ? '' : ` r${event.replica}`, ' ', event.message)));
}
