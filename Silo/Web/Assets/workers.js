/** Workers, their devices and slots. */

import { get } from './api.js';
import { found, lost } from './connection.js';
import { h, table } from './dom.js';

const every = 3000;

export async function workersPage() {
  const place = h('div', {});
  const refresh = async () => place.replaceChildren(...content((await get('/workers')).workers));
  await refresh();
  const timer = setInterval(() => { if (!document.hidden) refresh().then(found, lost); }, every);
  return { title: 'Workers', content: [h('h1', {}, 'Workers'), place], leave: () => clearInterval(timer) };
}

function content(workers) {
  const slots = workers.flatMap(worker => worker.slots);
  const rows = workers.map(worker => [
    worker.host,
    h('code', {}, worker.worker),
    worker.slots.map(slot => h('span', { class: `slot ${slot.taken ? 'taken' : 'free'}`, title: `${slot.threads} threads` }, `${slot.device} ${slot.taken ? 'taken' : 'free'}`)),
  ]);
  return [
    h('p', {}, `${slots.filter(slot => slot.taken).length} of ${slots.length} slots are taken.`),
    workers.length === 0 ? h('p', { class: 'quiet' }, 'No worker has registered.') : table(['machine', 'worker', 'slots'], rows, 'Workers'),
  ];
}
