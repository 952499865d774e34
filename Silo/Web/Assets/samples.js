/** Pictures of samples: one with a slider over the steps, and one tile of each as a strip. */

import { file, get, of } from './api.js';
import { count, h } from './dom.js';

export class Samples {
  constructor(job, grid) {
    [this.job, this.grid, this.names, this.tile] = [job, grid, [], 0];
    this.image = h('img', { alt: '', id: 'sample', width: 512 });
    this.slider = h('input', { type: 'range', id: 'sample-step', min: 0, max: 0, value: 0, 'aria-label': 'Step of the picture', input: () => { this.follows = this.slider.value === this.slider.max; this.show(); } });
    this.label = h('output', { for: 'sample-step' });
    this.strip = h('div', { class: 'film', role: 'img' });
    this.image.addEventListener('click', event => this.choose(event));
    this.follows = true;
    this.place = h('section', { class: 'samples', 'aria-label': 'Samples', hidden: true },
      h('h2', {}, 'Samples'),
      h('div', { class: 'slider' }, this.slider, this.label),
      this.image,
      h('p', { class: 'quiet' }, grid ? 'The same latents at every step. Click a sample to follow it below.' : 'The same latents at every step.'),
      this.strip);
  }

  async refresh() {
    const { files } = await get(`${of(this.job)}/files?prefix=samples/`);
    const names = files.filter(name => /^samples\/step-\d+\.png$/.test(name));
    if (names.length === this.names.length) return;
    this.names = names;
    this.place.hidden = names.length === 0;
    this.slider.max = names.length - 1;
    if (this.follows) this.slider.value = names.length - 1;
    this.show();
    this.film();
  }

  show() {
    const name = this.names[Number(this.slider.value)];
    if (!name) return;
    this.image.src = file(this.job, name);
    this.image.alt = `Samples at step ${stepOf(name)}`;
    this.label.textContent = `step ${count(stepOf(name))}`;
    this.slider.setAttribute('aria-valuetext', this.label.textContent);
  }

  choose(event) {
    if (!this.grid) return;
    const box = this.image.getBoundingClientRect();
    const [column, row] = [Math.floor((event.clientX - box.left) / box.width * this.grid.columns), Math.floor((event.clientY - box.top) / box.height * this.grid.rows)];
    this.tile = row * this.grid.columns + column;
    this.film();
  }

  /** One tile at a dozen steps. */
  film() {
    const shown = thin(this.names, 12);
    if (!this.grid) {
      this.strip.setAttribute('aria-label', `Pictures of ${shown.length} steps`);
      this.strip.replaceChildren(...shown.map(name => h('figure', {}, h('img', { src: file(this.job, name), alt: '', class: 'tile' }), h('figcaption', {}, count(stepOf(name))))));
      return;
    }
    const [column, row] = [this.tile % this.grid.columns, Math.floor(this.tile / this.grid.columns)];
    this.strip.setAttribute('aria-label', `Sample ${this.tile + 1} at ${shown.length} steps, from ${stepOf(shown[0] ?? '')} to ${stepOf(shown.at(-1) ?? '')}`);
    this.strip.replaceChildren(...shown.map(name => h('figure', {},
      h('div', { class: 'tile', style: {
        backgroundImage: `url("${file(this.job, name)}")`,
        backgroundSize: `${this.grid.columns * 100}% ${this.grid.rows * 100}%`,
        backgroundPosition: `${place(column, this.grid.columns)} ${place(row, this.grid.rows)}`,
      } }),
      h('figcaption', {}, count(stepOf(name))))));
  }
}

const stepOf = name => Number(name.match(/step-(\d+)/)?.[1] ?? 0);
const place = (index, all) => all > 1 ? `${index / (all - 1) * 100}%` : '0';

/** So many of a list, evenly, the first and the last among them. */
function thin(list, most) {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.round(i * (list.length - 1) / (most - 1))]);
}
