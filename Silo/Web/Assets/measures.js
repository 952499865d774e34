/** What a job's replay and balance measure, each in a panel with its curves. */

import { h, number, table } from './dom.js';

class Panel {
  constructor(id, title) {
    this.now = h('div', {});
    this.place = h('div', { class: 'plots' });
    this.section = h('section', { 'aria-label': title, id }, h('h2', {}, title), this.now, this.place);
    this.title = title;
  }

  /** Rows of those replicas that report one of these metrics, without columns of which nobody reports; or a sentence. */
  tell(standings, metrics, headings, rowOf, otherwise) {
    const told = standings.filter(one => metrics.some(metric => metric in one.values)).map(one => [one.name, ...rowOf(one.values)]);
    const columns = ['replica', ...headings];
    const isTold = columns.map((_, column) => told.some(row => row[column] !== '-'));
    this.now.replaceChildren(told.length > 0
      ? table(columns.filter((_, column) => isTold[column]), told.map(row => row.filter((_, column) => isTold[column])), this.title)
      : h('p', { class: 'quiet' }, otherwise));
  }
}

/** Fill, age and use of the history of generated images. */
export class ReplayPanel extends Panel {
  constructor() {
    super('replay', 'Replay');
  }

  has = definition => definition.metrics.every(metric => metric.name.startsWith('replay_'));

  show(standings, recipe) {
    const replay = recipe.techniques?.['experience-replay'];
    const limit = replay?.['samples-per-insert'];
    this.tell(
      standings,
      ['replay_fill', 'replay_age_steps', 'replay_samples_per_insert'],
      ['#fill', '#age in steps', `#replayed for each stored${limit ? ` (at most ${number(limit)})` : ''}`, "#others' share", '#stale', '#shards missed'],
      values => [share(values.replay_fill), ...['replay_age_steps', 'replay_samples_per_insert', 'replay_others_share', 'replay_staleness_steps', 'replay_shards_missed'].map(name => number(values[name]))],
      replay ? 'No replica has reported of its replay yet.' : 'The recipe has no experience replay.');
  }
}

/** Updates of D for one of G against what is aimed at, and how well D judges. */
export class BalancePanel extends Panel {
  constructor() {
    super('balance', 'Balance');
  }

  has = definition => definition.metrics.some(metric => /^(balance_|left_out_|d_real_accuracy|d_fake_accuracy|d_replayed_accuracy)/.test(metric.name));

  show(standings, recipe) {
    this.tell(
      standings,
      ['balance_ratio', 'd_real_accuracy', 'd_fake_accuracy'],
      ['#D : G', 'aimed at', '#measured', '#its target', '#right on real', '#right on fresh', '#right on replayed'],
      values => [
        number(values.balance_ratio), aimOf(recipe.balance), number(values.balance_signal), number(values.balance_target),
        share(values.d_real_accuracy), share(values.d_fake_accuracy), share(values.d_replayed_accuracy),
      ],
      'No replica has reported of its balance yet.');
  }
}

/** What the recipe's balance goes for. */
function aimOf(balance) {
  switch (balance.kind) {
    case 'static':
      return `${balance.discriminator} : ${balance.generator}`;
    case 'sign-control':
      return `${number(balance.target)} ± ${number(balance.hysteresis)} in sign`;
    case 'accuracy-gate':
      return `accuracy ${number(balance['generator-threshold'])} to ${number(balance['discriminator-threshold'])}`;
    case 'loss-change':
      return `r_D / r_G = ${number(balance.lambda)}`;
    default:
      return balance.kind;
  }
}

const share = value => value === undefined ? '-' : h('span', { class: 'share' }, h('meter', { min: 0, max: 1, value, 'aria-hidden': 'true' }), number(value));
