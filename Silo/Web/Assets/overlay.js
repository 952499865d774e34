/** Curves of several runs over one another, for a metric that is chosen. */

import { get } from './api.js';
import { h } from './dom.js';
import { Plots } from './plots.js';
import { Series } from './series.js';

const points = 600;
const everything = 'all of them';

export class Overlay {
  /** sources: [{ name, path, colour }], path being that of the metrics of a run. */
  constructor(sources) {
    this.sources = sources;
    this.plots = new Plots(320);
    this.select = h('select', { id: 'metric', change: () => this.draw() });
    this.place = h('section', { 'aria-label': 'Curves' },
      h('div', { class: 'head' }, h('h2', {}, 'Curves'), h('label', {}, 'of ', this.select), this.plots.controls()), this.plots.place);
  }

  /** Reads what there is to choose from; wanted: the metric that is shown first. */
  async load(wanted) {
    const documents = await Promise.all(this.sources.map(source => get(`${source.path}?points=${points}`)));
    this.runs = this.sources.map((source, i) => {
      const series = new Series();
      series.load(documents[i]);
      return { name: source.name, series, colour: source.colour ?? i, isDashed: (source.colour ?? i) >= 8 };
    });
    this.definitions = documents.flatMap(document => document.plots).reduce(unite, []);
    this.select.append(...this.definitions.map(definition => h('option', { value: definition.title }, definition.title)), h('option', { value: everything }, everything));
    this.select.value = (this.definitions.find(definition => definition.metrics.some(metric => metric.name === wanted)) ?? this.definitions[0])?.title ?? everything;
    this.directions = Object.assign({}, ...documents.map(document => document.lower_is_better));
  }

  draw() {
    const chosen = this.definitions.filter(definition => [definition.title, everything].includes(this.select.value));
    this.plots.draw(chosen, this.runs);
  }

  close() {
    this.plots.close();
  }
}

/** Plots of one title are one plot, with the metrics of all. */
function unite(known, definition) {
  const same = known.find(one => one.title === definition.title);
  if (!same) return [...known, { ...definition, metrics: [...definition.metrics] }];
  same.metrics.push(...definition.metrics.filter(metric => !same.metrics.some(one => one.name === metric.name)));
  return known;
}
