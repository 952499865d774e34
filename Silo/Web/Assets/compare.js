/** Several jobs side by side: scores, what differs in their recipes, curves over one another, samples. */

import { file, get, of } from './api.js';
import { count, duration, h, number, table, words } from './dom.js';
import { bestOf, differences, provenance } from './differences.js';
import { Overlay } from './overlay.js';

export const most = 8;

/** The address of a comparison. */
export const compareOf = jobs => `/compare?jobs=${jobs.map(encodeURIComponent).join(',')}`;

export async function comparePage() {
  const names = [...new Set((new URLSearchParams(location.search).get('jobs') ?? '').split(',').filter(Boolean))].slice(0, most);
  if (names.length === 0) {
    return { title: 'Comparison', content: [h('h1', {}, 'Comparison'), h('p', {}, 'Choose jobs in the ', h('a', { href: '/' }, 'list'), ', then compare them.')] };
  }
  const runs = await Promise.all(names.map(readRun));
  const overlay = new Overlay(names.map(name => ({ name, path: `${of(name)}/metrics` })));
  const scores = [...new Set(runs.flatMap(run => Object.keys(run.job.scores)))];
  await overlay.load(scores[0]);
  return {
    title: names.join(', '),
    content: [
      h('h1', {}, `${names.length} job${names.length === 1 ? '' : 's'} compared`),
      h('p', { class: 'quiet' }, `As they stood at ${new Date().toLocaleTimeString()}; load the page anew for later numbers.`),
      h('section', { 'aria-label': 'Scores', id: 'scores' }, h('h2', {}, 'Scores'), scoreTable(runs, scores, overlay.directions), notes(runs, scores)),
      h('section', { 'aria-label': 'Differing recipe keys', id: 'differences' }, h('h2', {}, 'What differs in their recipes'), keys(runs)),
      overlay.place,
      h('section', { 'aria-label': 'Samples', id: 'pictures' }, h('h2', {}, 'Samples'), pictures(runs)),
    ],
    enter: () => overlay.draw(),
    leave: () => overlay.close(),
  };
}

async function readRun(name) {
  const [job, recipe, { files }] = await Promise.all([get(of(name)), get(`${of(name)}/recipe`), get(`${of(name)}/files?prefix=samples/step-`)]);
  const lines = job.files.evaluation ? await (await fetch(file(name, job.files.evaluation))).text() : '';
  return { name, job, recipe, steps: files.map(one => Number(one.match(/^samples\/step-(\d+)\.png$/)?.[1])).filter(Number.isFinite), provenance: provenance(lines) };
}

/** What was not computed alike in all runs that have it must not be compared. */
const reasons = (runs, score) => differences(runs.filter(run => score in run.job.scores).map(run => run.provenance[score] ?? {}));

function scoreTable(runs, scores, directions) {
  const row = (name, cell) => [name, ...runs.map(cell)];
  return table(['', ...runs.map(run => `#${run.name}`)], [
    row('state', run => h('span', { class: `state ${run.job.state}` }, run.job.state)),
    row('steps', run => count(run.job.steps)),
    row('trained', run => duration(run.job.seconds)),
    row('images/s', run => number(run.job.images_per_second)),
    ...scores.map(score => {
      const isComparable = score in directions && reasons(runs, score).length === 0;
      const best = isComparable ? bestOf(runs.map(run => run.job.scores[score]), directions[score]) : null;
      return row(words(score), run => {
        const value = run.job.scores[score];
        const shown = h('data', { value: value ?? '', 'data-score': score, 'data-run': run.name }, number(value));
        return best !== null && value === best ? h('strong', { class: 'best' }, shown, ' ★', h('span', { class: 'hidden' }, ' best')) : shown;
      });
    }),
  ], 'Scores');
}

function notes(runs, scores) {
  const wrong = scores.map(score => [score, reasons(runs, score)]).filter(([, why]) => why.length > 0);
  return h('ul', { class: 'quiet' },
    h('li', {}, 'The newest scores of the best replica of each; ★ the best of those that rank.'),
    wrong.map(([score, why]) => h('li', {}, `${words(score)} was not computed alike and must not be compared: ${why.map(key => key.key.replaceAll('_', ' ')).join(', ')}.`)));
}

function keys(runs) {
  const rows = differences(runs.map(run => run.recipe)).filter(row => row.key !== 'name');
  return rows.length === 0
    ? h('p', { class: 'quiet' }, 'Nothing.')
    : table(['key', ...runs.map(run => run.name)], rows.map(row => [h('code', {}, row.key), ...row.values.map(value => value ?? '-')]), 'Differing recipe keys');
}

/** At the newest step of which all have a picture, or the newest of each. */
function pictures(runs) {
  const drawn = runs.filter(run => run.steps.length > 0);
  if (drawn.length === 0) return h('p', { class: 'quiet' }, 'None of them has drawn samples yet.');
  const common = drawn[0].steps.filter(step => drawn.every(run => run.steps.includes(step)));
  const stepOf = run => common.length > 0 ? Math.max(...common) : Math.max(...run.steps);
  return h('div', { class: 'side' }, drawn.map(run => h('figure', {},
    h('img', { src: file(run.name, `samples/step-${String(stepOf(run)).padStart(8, '0')}.png`), alt: `Samples of ${run.name} at step ${count(stepOf(run))}` }),
    h('figcaption', {}, h('a', { href: of(run.name) }, run.name), `, step ${count(stepOf(run))}`))));
}
