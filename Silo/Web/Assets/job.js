/** One job, live. */

import { get, of, stream, yaml } from './api.js';
import { found, lost } from './connection.js';
import { h } from './dom.js';
import { Actions } from './actions.js';
import { BalancePanel, ReplayPanel } from './measures.js';
import { eventList, facts, replicas } from './panels.js';
import { Plots } from './plots.js';
import { Samples } from './samples.js';
import { Series } from './series.js';
import { standing } from './standing.js';
import { Topology } from './topology.js';

const again = 5000;
const ends = ['completed', 'failed', 'interrupted'];

export async function jobPage(name, session) {
  const view = new JobView(name, session);
  await view.load();
  return { title: name, content: view.content, enter: () => view.enter(), leave: () => view.leave() };
}

/** Points are drawn in one plane, images in rows and columns. */
const hasTiles = recipe => Boolean(recipe.samples) && !['ring', 'grid', 'gaussians'].includes(recipe.data.name);

class JobView {
  constructor(name, session) {
    this.name = name;
    this.series = new Series();
    this.events = [];
    this.over = [];
    this.plots = new Plots();
    [this.replay, this.balance] = [new ReplayPanel(), new BalancePanel()];
    this.plots.homes = [this.replay, this.balance];
    this.topology = new Topology();
    this.hosts = new Map();
    this.actions = new Actions(name, session, () => this.reload(), () => this.quiet());
    this.state = h('span', { class: 'state', id: 'state', role: 'status' });
    this.facts = h('div', { id: 'facts' });
    this.replicas = h('div', { id: 'replicas' });
    this.list = h('div', { id: 'events' });
    this.recipe = h('pre', { tabindex: 0 });
  }

  async load() {
    const [job, recipe, metrics] = await Promise.all([get(of(this.name)), get(`${of(this.name)}/recipe`), get(`${of(this.name)}/metrics`)]);
    [this.job, this.settings] = [job, recipe];
    this.series.load(metrics);
    this.definitions = metrics.plots;
    await this.meetWorkers();
    this.samples = new Samples(this.name, hasTiles(recipe) ? { rows: recipe.samples.rows, columns: recipe.samples.columns } : null);
    this.content = [
      h('div', { class: 'head' }, h('h1', {}, this.name), this.state, this.actions.place),
      this.facts,
      h('section', { 'aria-label': 'Curves' }, h('div', { class: 'head' }, h('h2', {}, 'Curves'), this.plots.controls(), this.overlay()), this.plots.place),
      this.samples.place,
      h('section', { 'aria-label': 'Replicas', id: 'now' }, h('h2', {}, 'Replicas'), this.topology.place, this.replicas),
      this.replay.section,
      this.balance.section,
      h('section', { 'aria-label': 'Events' }, h('h2', {}, 'Events'), this.list),
      h('details', { toggle: event => event.target.open && this.showRecipe() }, h('summary', {}, 'Recipe'), this.recipe),
    ];
    this.show();
  }

  enter() {
    this.draw();
    this.question = this.samples.refresh().catch(() => {});
    this.open();
  }

  async quiet() {
    this.source?.close();
    clearTimeout(this.timer);
    await this.question;
  }

  leave() {
    this.source?.close();
    clearTimeout(this.timer);
    clearTimeout(this.opening);
    this.plots.close();
    this.topology.close();
  }

  open() {
    this.source?.close();
    const source = stream(this.name);
    this.source = source;
    source.addEventListener('event', message => this.hear(JSON.parse(message.data)));
    source.addEventListener('report', message => this.take(JSON.parse(message.data)));
    source.addEventListener('state', message => this.turn(JSON.parse(message.data).state));
    source.addEventListener('open', () => this.regain());
    source.addEventListener('error', () => this.lose(source));
  }

  regain() {
    found();
    if (this.isLost) this.later(0);
    this.isLost = false;
  }

  /** The browser connects again by itself, but not after an answer that is no stream. */
  lose(source) {
    if (source !== this.source) return;
    this.isLost = true;
    lost();
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.opening);
    this.opening = setTimeout(() => this.open(), again);
  }

  hear(event) {
    if (event.sequence <= (this.events.at(-1)?.sequence ?? 0)) return;
    this.events.push(event);
    this.later();
  }

  take(report) {
    this.series.put(report.replica, report.step, report.seconds, report.values);
    this.later();
  }

  /** The browser connects again by itself, which makes sense only while the job goes on. */
  turn(state) {
    if (ends.includes(state)) this.source.close();
    this.later(0);
  }

  /** Much may come at once, and is drawn once. */
  later(after = 250) {
    this.timer ??= setTimeout(async () => {
      this.timer = undefined;
      // Where it is not answered, the next one may be.
      this.question = Promise.allSettled([this.question, this.reload()]).then(() => {});
      await this.question;
    }, after);
  }

  async reload() {
    const wasOver = ends.includes(this.job.state);
    this.job = await get(of(this.name));
    await this.meetWorkers();
    const names = this.series.names();
    if ([...names].some(name => !this.definitions.some(plot => plot.metrics.some(metric => metric.name === name))) && names.size !== this.known) {
      this.known = names.size;
      this.definitions = (await get(`${of(this.name)}/metrics?points=2`)).plots;
    }
    this.show();
    this.draw();
    await this.samples.refresh();
    if (wasOver && !ends.includes(this.job.state)) this.open();
  }

  /** The machine of a worker that is new here. */
  async meetWorkers() {
    if (this.job.replicas.every(replica => replica.worker === null || this.hosts.has(replica.worker))) return;
    for (const worker of (await get('/workers')).workers) this.hosts.set(worker.worker, worker.host);
    for (const { worker } of this.job.replicas) {
      if (worker !== null && !this.hosts.has(worker)) this.hosts.set(worker, worker);
    }
  }

  show() {
    const standings = this.job.replicas.map(replica => standing(replica, this.job, this.series, this.hosts));
    this.state.textContent = this.job.state;
    this.state.className = `state ${this.job.state}`;
    this.actions.show(this.job);
    this.facts.replaceChildren(...facts(this.job, this.settings));
    this.replicas.replaceChildren(replicas(standings));
    this.topology.show(standings, this.settings, this.events);
    this.replay.show(standings, this.settings);
    this.balance.show(standings, this.settings);
    this.list.replaceChildren(eventList(this.events));
  }

  draw() {
    this.plots.draw(this.definitions, [{ name: this.name, series: this.series }, ...this.over]);
  }

  /** Another job's curves over this one's. */
  overlay() {
    const select = h('select', { id: 'over', change: async () => {
      this.over = [];
      if (select.value) {
        const series = new Series();
        series.load(await get(`${of(select.value)}/metrics`));
        this.over = [{ name: select.value, series }];
      }
      this.plots.draw(this.definitions, [{ name: this.name, series: this.series }, ...this.over], true);
    } }, h('option', { value: '' }, 'no other job'));
    get('/jobs').then(({ jobs }) => select.append(...jobs.filter(job => job.job !== this.name).map(job => h('option', { value: job.job }, job.job)))).catch(() => {});
    return h('label', {}, 'beside ', select);
  }

  async showRecipe() {
    this.recipe.textContent ||= await yaml(this.name);
  }
}
