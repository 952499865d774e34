/** All jobs of the cluster. */

import { get, of, post } from './api.js';
import { count, duration, h, notice, number, table, words } from './dom.js';
import { go } from './app.js';

const every = 3000;

export async function jobsPage(session) {
  const place = h('div', {});
  const refresh = async () => {
    const { jobs } = await get('/jobs');
    place.replaceChildren(jobs.length === 0 ? h('p', { class: 'quiet' }, 'The cluster has no jobs yet.') : list(jobs));
  };
  await refresh();
  const timer = setInterval(() => { if (!document.hidden) refresh().catch(() => {}); }, every);
  return {
    title: 'Jobs',
    content: [h('h1', {}, 'Jobs'), place, session.role === 'operator' && submitForm()].filter(Boolean),
    leave: () => clearInterval(timer),
  };
}

function list(jobs) {
  const order = ['running', 'stopping', 'pending', 'waiting'];
  const rank = job => (order.indexOf(job.state) + order.length + 1) % (order.length + 1);
  const rows = [...jobs].sort((a, b) => rank(a) - rank(b) || a.job.localeCompare(b.job)).map(job => [
    h('a', { href: of(job.job) }, job.job),
    h('span', { class: `state ${job.state}` }, job.state),
    count(job.steps),
    String(job.replicas.length),
    number(job.images_per_second),
    duration(job.seconds),
    Object.entries(job.scores).slice(0, 3).map(([name, value]) => `${words(name)} ${number(value)}`).join(', ') || '-',
    job.user ?? '-',
  ]);
  return table(['job', 'state', '#steps', '#replicas', '#images/s', '#trained', 'scores', 'user'], rows, 'Jobs');
}

function submitForm() {
  const recipe = h('textarea', { id: 'recipe', rows: 8, spellcheck: 'false', placeholder: 'name: mine\ndata: { name: ring }\nbudget: { steps: 2000 }' });
  const submit = async event => {
    event.preventDefault();
    try {
      const made = await post('/jobs', { recipe: recipe.value });
      go(of(made.job));
    } catch (error) {
      notice(error.message, true);
    }
  };
  return h('details', { class: 'card' }, h('summary', {}, 'Submit a job'),
    h('form', { submit }, h('label', { for: 'recipe' }, 'Recipe in YAML; what it does not say has its default'), recipe, h('button', {}, 'Submit')));
}
