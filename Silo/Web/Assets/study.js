/** One study: its results, its runs, and their curves over one another. */

import { get } from './api.js';
import { clock, count, duration, h, number, table, words } from './dom.js';
import { Overlay } from './overlay.js';
import { ofStudy, spread } from './studies.js';

/** Standard errors of a difference beyond which it is taken for more than chance. */
const clear = 2;
const leastEqual = 3; // two differences that happen to be equal say nothing of chance; so many do

/** More curves than that are a cloud. */
const mostCurves = 24;

export async function studyPage(id) {
  const study = await get(ofStudy(id));
  const results = study.has_results ? await get(`${ofStudy(id)}/results`) : null;
  const begun = study.runs.filter(run => run.state !== 'pending');
  const configurations = [...new Set(study.runs.map(run => run.configuration))];
  const chosen = chosenOf(begun, configurations);
  const overlay = new Overlay(chosen.map(run => ({ name: run.name, path: `${ofStudy(id)}/runs/${encodeURIComponent(run.name)}/metrics`, colour: configurations.indexOf(run.configuration) })));
  await overlay.load(study.best?.score);
  return {
    title: id,
    content: [
      h('h1', {}, id),
      h('p', {}, `${words(study.kind)} of the recipe ${study.recipe}, begun ${clock(study.created)}: ${study.completed} of ${study.planned} runs are done${study.failed > 0 ? `, ${study.failed} failed` : ''}.`),
      h('pre', { tabindex: 0 }, study.command),
      ...(results === null ? [h('p', { class: 'quiet' }, 'Results are written when the first run ends; until then the curves are here.')] : tables(results)),
      h('section', { 'aria-label': 'Runs' }, h('h2', {}, 'Runs'), runTable(study, results)),
      overlay.place,
      chosen.length < begun.length && h('p', { class: 'quiet' }, `Curves of ${chosen.length} of ${begun.length} runs: the first seeds of each configuration.`),
    ].filter(Boolean),
    enter: () => overlay.draw(),
    leave: () => overlay.close(),
  };
}

/** The first seeds of every configuration, as many of each as are drawn together. */
function chosenOf(runs, configurations) {
  const most = Math.max(1, Math.floor(mostCurves / configurations.length));
  return runs.length <= mostCurves ? runs : configurations.flatMap(name => runs.filter(run => run.configuration === name).slice(0, most)).slice(0, mostCurves);
}

function tables(results) {
  const scores = [...new Set(results.configurations.flatMap(one => Object.keys(one.scores)))].filter(score => !score.startsWith('class_share_'));
  const failed = results.configurations.flatMap(one => one.runs).filter(run => run.failure !== null);
  return [
    h('section', { 'aria-label': 'Results', id: 'results' }, h('h2', {}, 'Results'),
      table(['configuration', ...scores.map(score => `#${score}`), '#seeds', '#time'], results.configurations.map(one => [
        one.name + (one.name === results.best ? ' ★' : ''), ...scores.map(score => cell(one, score)), seeds(one), duration(one.seconds.mean ?? NaN),
      ]), 'Results'),
      h('p', { class: 'quiet' }, `At the end of each run, mean ± standard deviation over seeds; ★ the best by ${scores[0] ?? 'its first score'}.${results.baseline === null ? '' : ` ▲ better, ▼ worse than ${results.baseline} by more than two standard errors of the difference, paired by seed; ≠ differs so where neither way is better.`}`),
      h('ul', { class: 'quiet' }, results.configurations.filter(one => one.overrides.length > 0).map(one => h('li', {}, one.name, ': ', h('code', {}, one.overrides.join(' '))))),
      failed.length > 0 && h('ul', {}, failed.map(run => h('li', { class: 'failure' }, `${run.name} failed: ${run.failure}`))),
      results.skipped.length > 0 && h('ul', { class: 'quiet' }, results.skipped.map(one => h('li', {}, `${one.name} is left out: ${one.reason}`)))),
    h('details', {}, h('summary', {}, 'Best values and effects'),
      table(['score', 'configuration', '#final', '#best', '#seeds', ...(results.baseline === null ? [] : ['#effect', '#effect on best'])], scores.flatMap(score => results.configurations.filter(one => score in one.scores).map(one => {
        const { final, best, final_effect, best_effect } = one.scores[score];
        return [score, one.name, spread(final), spread(best), `${final.count}`, ...(results.baseline === null ? [] : [effect(final_effect), effect(best_effect)])];
      })), 'Best values and effects')),
  ];
}

function cell(configuration, score) {
  const found = configuration.scores[score];
  return found === undefined ? '-' : h('data', { value: found.final.mean ?? '', 'data-score': score, 'data-configuration': configuration.name }, spread(found.final), mark(found));
}

/** Whether the difference to the baseline is more than chance, and which way. */
function mark({ final_effect: found, lower_is_better: isLower }) {
  if (found === null || found.standard_error === null || (found.standard_error === 0 && found.pairs < leastEqual) || Math.abs(found.difference) <= clear * found.standard_error) return '';
  const [sign, word] = isLower === null ? ['≠', 'differs'] : found.difference < 0 === isLower ? ['▲', 'better'] : ['▼', 'worse'];
  return h('span', { class: `mark ${word}` }, ` ${sign}`, h('span', { class: 'hidden' }, ` ${word}`));
}

const seeds = one => one.completed === one.seeds ? String(one.seeds) : `${one.completed} of ${one.seeds}`;
const effect = found => found === null ? '-' : `${found.difference > 0 ? '+' : ''}${number(found.difference)}${found.standard_error === null ? '' : ` ± ${number(found.standard_error)}`}`;

function runTable(study, results) {
  const known = new Map((results?.configurations ?? []).flatMap(one => one.runs).map(run => [run.name, run]));
  return table(['run', 'state', '#seed', '#steps', '#time', 'scores'], study.runs.map(({ name, state, seed }) => {
    const run = known.get(name);
    return [
      name, h('span', { class: `state ${state}` }, state), String(seed), run ? count(run.steps) : '-', duration(run?.seconds ?? NaN),
      Object.entries(run?.scores ?? {}).slice(0, 3).map(([score, value]) => `${words(score)} ${number(value.final)}`).join(', ') || '-',
    ];
  }), 'Runs');
}
