/** Replicas, events and facts of a job. */

import { clock, count, duration, h, number, table, words } from './dom.js';

export function facts(job, recipe) {
  const budget = recipe?.budget?.steps;
  // The slowest that still trains decides when the job ends.
  const least = Math.min(job.steps, ...job.replicas.filter(replica => !replica.outcome).map(replica => replica.steps));
  const seconds = job.steps > 0 && budget > least ? job.seconds / job.steps * (budget - least) : null;
  const steps = least < job.steps ? `${count(least)} to ${count(job.steps)}` : count(job.steps);
  const isRunning = job.state === 'running';
  const all = [
    ['steps', budget ? `${steps} of ${count(budget)}` : steps],
    ['images/s', number(job.images_per_second)],
    ['trained', duration(job.seconds)],
    isRunning && seconds !== null && ['left', duration(seconds)],
    ...Object.entries(job.scores).map(([name, value]) => [words(name), number(value)]),
  ].filter(Boolean);
  return [
    budget && h('progress', { max: budget, value: Math.min(least, budget), 'aria-label': 'Steps of the budget' }),
    h('dl', { class: 'facts' }, all.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    job.failure && h('p', { class: 'failure' }, job.failure),
  ].filter(Boolean);
}

export function replicas(standings) {
  const rows = standings.map(one => [
    `${one.name}${one.isBest ? ' (best)' : ''}`,
    h('span', { class: `state ${one.state}` }, one.state),
    one.worker === null ? '-' : h('span', { title: one.worker }, one.host),
    one.worker === null ? '-' : `${one.device ?? '-'} ${one.slot ?? ''}`,
    count(one.steps),
    String(one.epoch),
    number(one.rate),
    number(one.staleness),
    Object.entries(one.scores).slice(0, 2).map(([name, value]) => `${words(name)} ${number(value)}`).join(', ') || '-',
  ]);
  return table(['replica', 'state', 'machine', 'slot', '#steps', '#epoch', '#images/s', '#stale', 'scores'], rows, 'Replicas');
}

export function eventList(events) {
  return h('ol', { class: 'events', reversed: true }, [...events].reverse().slice(0, 200).map(event => h('li', { value: event.sequence, class: /fail|diverge|lost|quarantine|stale|refused|alarm|collapse|vanish/.test(event.kind) && 'bad' },
    h('time', { datetime: event.time }, clock(event.time)), ' ', h('strong', {}, event.kind), event.replica === null ? '' : ` r${event.replica}`, ' ', event.message)));
}
