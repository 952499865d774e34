/** Curves with one cursor for all. */

import { h, number } from './dom.js';
import { smooth } from './series.js';

const colour = index => getComputedStyle(document.documentElement).getPropertyValue(`--c${index % 8}`).trim();
const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The plots of a job, and of others that lie over it. */
export class Plots {
  constructor(height = 190) {
    this.height = height;
    this.options = { x: 'step', log: false, smoothing: 0 };
    this.charts = new Map();
    this.place = h('div', { class: 'plots' });
    /** Which element a plot belongs in; the others are in this.place. */
    this.homes = [];
    this.sync = uPlot.sync('job');
    this.observer = new ResizeObserver(entries => {
      for (const { target, contentRect } of entries) target.chart?.setSize({ width: Math.max(200, contentRect.width), height: this.height });
    });
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.repaint = () => this.draw(this.definitions, this.runs, true);
    this.scheme.addEventListener('change', this.repaint);
  }

  controls() {
    const set = (name, value) => { this.options[name] = value; this.draw(this.definitions, this.runs, true); };
    return h('div', { class: 'controls', role: 'group', 'aria-label': 'How curves are drawn' },
      h('label', {}, h('input', { type: 'checkbox', id: 'log', change: event => set('log', event.target.checked) }), ' logarithmic'),
      h('label', {}, 'along ', h('select', { id: 'along', change: event => set('x', event.target.value) }, h('option', { value: 'step' }, 'steps'), h('option', { value: 'seconds' }, 'time'))),
      h('label', {}, 'smoothing ', h('input', { type: 'range', id: 'smoothing', min: 0, max: 0.98, step: 0.02, value: 0, input: event => set('smoothing', Number(event.target.value)) })));
  }

  /** Draws these plots and no others. runs: [{ name, series, colour, isDashed }], the first one is the job itself. */
  draw(definitions, runs, isAnew = false) {
    [this.definitions, this.runs] = [definitions, runs];
    for (const [title, gone] of this.charts) {
      if (!definitions.some(definition => definition.title === title)) this.drop(title, gone);
    }
    for (const definition of definitions) {
      const lines = this.lines(definition);
      const key = JSON.stringify(lines.map(line => line.label));
      const known = this.charts.get(definition.title);
      if (known && known.key === key && !isAnew) {
        known.chart.setData(this.data(lines));
        this.describe(known, lines);
      } else if (lines.length > 0) {
        this.make(definition, lines, key, known);
      }
    }
  }

  close() {
    this.observer.disconnect();
    this.scheme.removeEventListener('change', this.repaint);
    for (const { chart } of this.charts.values()) chart.destroy();
  }

  drop(title, { chart, figure }) {
    this.observer.unobserve(figure);
    chart.destroy();
    figure.remove();
    this.charts.delete(title);
  }

  lines(definition) {
    const several = this.runs.length > 1;
    return this.runs.flatMap((run, over) => definition.metrics.flatMap((metric, index) => [...run.series.replicas.keys()].sort((a, b) => a - b).map(replica => {
      const [xs, ys] = run.series.line(replica, metric.name, this.options.x);
      const words = [several && run.name, run.series.replicas.size > 1 && `r${replica}`, !(several && definition.metrics.length === 1) && metric.label].filter(Boolean);
      return { xs, ys: smooth(ys, this.options.smoothing), label: words.join(' '), ...stroke(run.colour ?? (several ? over : replica), several ? replica : 0, definition.metrics.length, index, run.isDashed) };
    }))).filter(line => line.xs.length > 0);
  }

  /** Columns as they are drawn: one of x, one of each line, null where it has no point. */
  data(lines) {
    const positive = line => this.options.log ? line.ys.map(value => value > 0 ? value : null) : line.ys;
    return uPlot.join(lines.map(line => [line.xs, positive(line)]));
  }

  make(definition, lines, key, known) {
    const figure = known?.figure ?? h('figure', { class: 'plot', tabindex: 0, role: 'img', 'data-title': definition.title }, h('figcaption', {}, definition.title));
    known?.chart.destroy();
    if (!known) {
      (this.homes.find(home => home.has(definition))?.place ?? this.place).append(figure);
      this.observer.observe(figure);
      figure.addEventListener('keydown', event => this.move(figure.chart, event));
    }
    const isLog = this.options.log && definition.may_be_log;
    const isSparse = lines.every(line => line.xs.length < 30);
    const axis = { stroke: ink('--quiet'), grid: { stroke: ink('--grid'), width: 1 }, ticks: { stroke: ink('--grid'), width: 1 }, font: '11px system-ui' };
    const chart = new uPlot({
      width: Math.max(200, figure.clientWidth - 20), height: this.height,
      cursor: { sync: { key: this.sync.key, scales: ['x', null] }, points: { size: 6 } },
      legend: { live: true },
      scales: {
        x: { time: false },
        y: isLog ? { distr: 3 } : { range: (_, low, high) => bounds(definition, low, high) },
      },
      axes: [{ ...axis, size: 34 }, { ...axis, size: 52, values: (_, ticks) => ticks.map(tick => tick === null ? '' : number(tick)) }],
      series: [
        { label: this.options.x === 'step' ? 'step' : 'seconds', value: shown },
        ...lines.map(line => ({ label: line.label, stroke: colour(line.index), width: 1.6, dash: line.isDashed ? [5, 4] : undefined, alpha: line.isFaint ? 0.55 : 1, spanGaps: true, points: { show: isSparse, size: 4 }, value: shown })),
      ],
    }, this.data(lines), figure);
    figure.chart = chart;
    const made = { figure, chart, key };
    this.charts.set(definition.title, made);
    this.describe(made, lines);
  }

  describe({ figure }, lines) {
    const last = lines.map(line => `${line.label} ${number(line.ys.at(-1))} at ${number(line.xs.at(-1))}`);
    figure.setAttribute('aria-label', `${figure.dataset.title}: ${last.join('; ')}.`);
  }

  /** Arrow keys move the cursor. */
  move(chart, event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !chart) return;
    event.preventDefault();
    const at = Math.min(chart.data[0].length - 1, Math.max(0, (chart.cursor.idx ?? chart.data[0].length - 1) + way));
    chart.setCursor({ left: chart.valToPos(chart.data[0][at], 'x'), top: this.height / 3 });
  }
}

/** A colour for each run and metric, or, of one run, for each replica and metric; further replicas of one of several runs are fainter. */
function stroke(place, replica, metrics, metric, isDashed) {
  const index = place * metrics + metric;
  return { index, isDashed: isDashed ?? index >= 8, isFaint: replica > 0 };
}

/** The value at the cursor, or the last one. */
function shown(chart, value, series, at) {
  return number(at === null || at === undefined ? chart.data[series].findLast(one => one !== null && one !== undefined) : value);
}

function bounds(definition, low, high) {
  if (low === null || high === null) return [0, 1];
  const [least, most] = [definition.low === null ? low : Math.min(low, definition.low), definition.high === null ? high : Math.max(high, definition.high)];
  const room = (most - least || Math.abs(most) || 1) * 0.05;
  return [definition.low !== null && low >= definition.low ? least : least - room, definition.high !== null && high <= definition.high ? most : most + room];
}
