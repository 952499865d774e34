/** The studies in the folder that the silo offers. */

import { get } from './api.js';
import { clock, h, number, table, words } from './dom.js';

/** The path of a study. */
export const ofStudy = id => `/studies/${encodeURIComponent(id)}`;

export async function studiesPage() {
  const { offered, studies } = await get('/studies');
  return { title: 'Studies', content: [h('h1', {}, 'Studies'), offered ? list(studies) : none()] };
}

const none = () => h('p', { class: 'quiet' }, 'This silo offers no studies: they are folders that the console makes. Name theirs with ', h('code', {}, 'DistGan:Web:Studies=DIR'), '.');

function list(studies) {
  if (studies.length === 0) return h('p', { class: 'quiet' }, 'There are no studies yet; make one with ', h('code', {}, 'distgan study seeds'), '.');
  return table(['study', 'kind', 'recipe', '#done', '#failed', 'first score of the best', 'begun'], studies.map(study => [
    h('a', { href: ofStudy(study.id) }, study.id),
    study.kind,
    study.recipe,
    `${study.completed} of ${study.planned}`,
    String(study.failed),
    study.best === null ? '-' : `${words(study.best.score)} ${spread({ mean: study.best.mean, standard_deviation: study.best.standard_deviation })} (${study.best.configuration})`,
    clock(study.created),
  ]), 'Studies');
}

/** Mean ± standard deviation. */
export const spread = moments => moments.mean === null ? '-' : number(moments.mean) + (moments.standard_deviation === null ? '' : ` ± ${number(moments.standard_deviation)}`);
