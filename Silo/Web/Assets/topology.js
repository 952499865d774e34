/** How the replicas of a job are connected, and what each does; the table of replicas says the same in text. */

import { count, h, number, svg } from './dom.js';
import { edgesOf, hubsOf, kindSentence } from './edges.js';
import { placeOf, sentenceOf } from './standing.js';

const node = { width: 184, height: 90, gapX: 28, gapY: 46 };
const hub = { width: 150, height: 34 };
const margin = { x: 6, y: 26 };
const moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Topology {
  constructor() {
    this.nodes = new Map();
    this.lines = svg('g', {});
    this.cards = svg('g', {});
    this.drawing = svg('svg', { role: 'group', class: 'topology' }, svg('defs', {}, arrow()), this.lines, this.cards);
    this.note = h('p', { class: 'quiet', id: 'topology-note' });
    this.place = h('div', { id: 'topology' }, this.note, this.drawing);
    this.drawing.addEventListener('keydown', event => this.move(event));
    this.observer = new ResizeObserver(() => this.arrange());
    this.observer.observe(this.place);
  }

  close() {
    this.observer.disconnect();
  }

  /** Shows replicas as they stand. Nodes stay the same elements, so that whoever is at one stays there. */
  show(standings, recipe, events) {
    [this.standings, this.recipe, this.events] = [standings, recipe, events];
    const known = new Set(standings.map(one => one.replica));
    for (const [replica, made] of this.nodes) {
      if (!known.has(replica)) {
        made.remove();
        this.nodes.delete(replica);
      }
    }
    for (const one of standings) this.fill(this.nodes.get(one.replica) ?? this.make(one.replica), one);
    this.note.textContent = kindSentence(recipe, standings.length, events);
    this.drawing.setAttribute('aria-label', `Topology ${recipe.topology.kind}, ${standings.length} replica${standings.length === 1 ? '' : 's'}; arrow keys go from one to the next. The table of replicas has the same.`);
    this.arrange();
  }

  make(replica) {
    const made = svg('g', { class: 'node', role: 'img', tabindex: this.nodes.size === 0 ? 0 : -1, 'data-replica': replica },
      svg('title'), svg('rect', { width: node.width, height: node.height, rx: 8 }),
      ['name', 'state', 'step', 'place', 'rate'].map((part, i) => svg('text', { class: part, x: part === 'state' ? node.width - 12 : 12, y: 20 + 19 * Math.max(0, i - 1), 'text-anchor': part === 'state' ? 'end' : 'start' })));
    this.nodes.set(replica, made);
    this.cards.append(made);
    return made;
  }

  fill(made, one) {
    const say = (part, text) => { made.querySelector(part).textContent = text; };
    made.setAttribute('aria-label', sentenceOf(one));
    made.setAttribute('class', `node ${one.state}`);
    made.dataset.worker = one.worker ?? '';
    made.dataset.state = one.state;
    say('title', sentenceOf(one));
    say('.name', `${one.name}${roleOf(one, this.recipe)}${one.isBest ? ' ★' : ''}`);
    say('.state', one.state);
    say('.step', `step ${count(one.steps)} · epoch ${one.epoch}`);
    say('.place', short(placeOf(one), 29));
    say('.rate', [one.rate === undefined ? null : `${number(one.rate)} img/s`, one.staleness === undefined ? null : `${number(one.staleness)} stale`].filter(Boolean).join(' · ') || (one.state === 'running' ? 'no report yet' : ''));
  }

  /** Rows as wide as there is room, below what the replicas share. */
  arrange() {
    const width = Math.floor(this.place.clientWidth);
    if (!this.standings || width === 0) return;
    const hubs = hubsOf(this.recipe, this.standings.length);
    const below = hubs.length > 0 ? hub.height + node.gapY : 0;
    const perRow = Math.max(1, Math.floor((width - 2 * margin.x + node.gapX) / (node.width + node.gapX)));
    const rows = rowsOf(this.recipe, this.standings.map(one => one.replica), perRow);
    const at = new Map(rows.flatMap((row, y) => {
      const left = (width - row.length * (node.width + node.gapX) + node.gapX) / 2;
      return row.map((replica, x) => [replica, { x: left + x * (node.width + node.gapX), y: margin.y + below + y * (node.height + node.gapY), width: node.width, height: node.height }]);
    }));
    hubs.forEach((name, i) => at.set(name, { x: (width - hubs.length * (hub.width + node.gapX) + node.gapX) / 2 + i * (hub.width + node.gapX), y: margin.y, width: hub.width, height: hub.height }));
    const height = margin.y + below + rows.length * (node.height + node.gapY);
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) this.drawing.setAttribute(name, value);
    for (const [replica, made] of this.nodes) made.setAttribute('transform', `translate(${at.get(replica).x} ${at.get(replica).y})`);
    this.lines.replaceChildren(
      ...edgesOf(this.recipe, this.standings, this.events).map(edge => line(edge, at)),
      ...hubs.map(name => svg('g', { class: 'hub', transform: `translate(${at.get(name).x} ${at.get(name).y})` },
        svg('rect', { width: hub.width, height: hub.height, rx: 17 }), svg('text', { x: hub.width / 2, y: 22, 'text-anchor': 'middle' }, name))));
  }

  /** Arrow keys go from node to node; one of them is on the way of the tab key. */
  move(event) {
    const from = event.target.closest?.('.node');
    if (!from || !(event.key in moves)) return;
    event.preventDefault();
    const all = this.standings.map(one => this.nodes.get(one.replica));
    const to = all[(all.indexOf(from) + moves[event.key] + all.length) % all.length];
    from.setAttribute('tabindex', -1);
    to.setAttribute('tabindex', 0);
    to.focus();
  }
}

const arrow = () => svg('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' }, svg('path', { d: 'M0 0 8 4 0 8z' }));

/** So many in a row; the replica with the one generator of all has one for itself. */
function rowsOf(recipe, all, perRow) {
  const isCentred = recipe.topology.kind === 'multi-discriminator' && all.length > 1 && all.includes(0);
  const rest = isCentred ? all.filter(replica => replica !== 0) : all;
  const rows = Array.from({ length: Math.ceil(rest.length / perRow) }, (_, i) => rest.slice(i * perRow, (i + 1) * perRow));
  return isCentred ? [[0], ...rows] : rows;
}

const roleOf = (one, recipe) => recipe.topology.kind === 'multi-discriminator' ? one.replica === 0 ? ' G and D' : ' D' : '';

const short = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** From the foot of one to the head of the other; an arc over the heads where both are replicas. */
function line(edge, at) {
  const [from, to] = [at.get(edge.from), at.get(edge.to)];
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
  const isArc = from.y === to.y;
  const [y1, y2] = [isArc ? from.y : from.y + from.height, to.y];
  const bend = isArc ? -margin.y + 2 : (y2 - y1) / 2;
  return svg('path', {
    class: `edge ${edge.kind}`, 'data-from': edge.from, 'data-to': edge.to, 'marker-end': edge.isDirected && 'url(#arrow)',
    d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${isArc ? y2 + bend : y2 - bend} ${x2} ${y2}`,
  });
}
