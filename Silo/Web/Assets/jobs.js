/** All jobs of the cluster. */

import { get, of, post } from './api.js';
import { compareOf, most } from './compare.js';
import { found, lost } from './connection.js';
import { count, duration, h, notice, number, table, words } from './dom.js';
import { go } from './app.js';

const every = 3000;

/** A recipe that is accepted as it is. */
const example = 'name: mine\ndata: { name: ring }\ngenerator: { network: mlp }\ndiscriminator: { network: mlp }\nbudget: { steps: 2000 }';

export async function jobsPage(session) {
  const list = new JobList();
  await list.refresh();
  const timer = setInterval(() => { if (!document.hidden) list.refresh().then(found, lost); }, every);
  return {
    title: 'Jobs',
    content: [h('div', { class: 'head' }, h('h1', {}, 'Jobs'), list.compare), list.place, session.role === 'operator' && await submitForm()].filter(Boolean),
    leave: () => clearInterval(timer),
  };
}

/** The jobs, of which some are chosen to be compared. */
class JobList {
  constructor() {
    this.chosen = new Set();
    this.place = h('div', {});
    this.compare = h('button', { id: 'compare', click: () => go(compareOf([...this.chosen])) });
    this.tell();
  }

  async refresh() {
    const { jobs } = await get('/jobs');
    for (const gone of [...this.chosen].filter(name => !jobs.some(job => job.job === name))) this.chosen.delete(gone);
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    this.place.replaceChildren(jobs.length === 0 ? h('p', { class: 'quiet' }, 'The cluster has no jobs yet.') : this.table(jobs));
    if (focused !== undefined) this.place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    this.tell();
  }

  tell() {
    this.compare.textContent = this.chosen.size < 2 ? 'Compare' : `Compare ${this.chosen.size} jobs`;
    this.compare.disabled = this.chosen.size < 2 || this.chosen.size > most;
    this.compare.title = this.compare.disabled ? `Choose 2 to ${most} jobs.` : '';
  }

  choice(job) {
    return h('input', { type: 'checkbox', 'aria-label': `Compare ${job}`, 'data-key': `choice ${job}`, checked: this.chosen.has(job), change: event => {
      this.chosen[event.target.checked ? 'add' : 'delete'](job);
      this.tell();
    } });
  }

  table(jobs) {
    const order = ['running', 'stopping', 'pending', 'waiting'];
    const rank = job => (order.indexOf(job.state) + order.length + 1) % (order.length + 1);
    const rows = [...jobs].sort((a, b) => rank(a) - rank(b) || a.job.localeCompare(b.job)).map(job => [
      this.choice(job.job),
      h('a', { href: of(job.job), 'data-key': `job ${job.job}` }, job.job),
      h('span', { class: `state ${job.state}` }, job.state),
      count(job.steps),
      String(job.replicas.length),
      number(job.images_per_second),
      duration(job.seconds),
      Object.entries(job.scores).slice(0, 3).map(([name, value]) => `${words(name)} ${number(value)}`).join(', ') || '-',
      job.user ?? '-',
    ]);
    return table(['compare', 'job', 'state', '#steps', '#replicas', '#images/s', '#trained', 'scores', 'user'], rows, 'Jobs');
  }
}

async function submitForm() {
  const { presets } = await get('/presets');
  const preset = h('select', { id: 'preset', change: () => { own.hidden = preset.value !== ''; } },
    presets.map(one => h('option', { value: one.preset }, `${one.preset}: ${one.description}`)), h('option', { value: '' }, 'a recipe of my own'));
  const recipe = h('textarea', { id: 'recipe', rows: 8, spellcheck: 'false', placeholder: example });
  const own = h('div', { hidden: true }, h('label', { for: 'recipe' }, 'Recipe in YAML; what it does not say has its default'), recipe);
  const job = h('input', { id: 'job', placeholder: 'the name of the recipe', autocomplete: 'off' });
  const set = h('input', { id: 'set', placeholder: 'budget.steps=2000 topology.replicas=2', size: 44, autocomplete: 'off', spellcheck: 'false' });
  const submit = async event => {
    event.preventDefault();
    const asked = { set: set.value.split(/\s+/).filter(Boolean), ...(preset.value === '' ? { recipe: recipe.value } : { preset: preset.value }), ...(job.value.trim() === '' ? {} : { job: job.value.trim() }) };
    try {
      go(of((await post('/jobs', asked)).job));
    } catch (error) {
      notice(error.message, true);
    }
  };
  return h('details', { class: 'card' }, h('summary', {}, 'Submit a job'),
    h('form', { submit }, h('label', { for: 'preset' }, 'Recipe'), preset, own, h('label', { for: 'job' }, 'Name of the job'), job,
      h('label', { for: 'set' }, 'Changed keys, with spaces between them'), set, h('p', {}, h('button', {}, 'Submit'))));
}
