/** Which page is shown, and who looks at it. */

import { get, post, remove, Refusal } from './api.js';
import { h, notice } from './dom.js';
import { found } from './connection.js';
import { jobsPage } from './jobs.js';
import { jobPage } from './job.js';
import { comparePage } from './compare.js';
import { studiesPage } from './studies.js';
import { studyPage } from './study.js';
import { workersPage } from './workers.js';
import { apiPage } from './reference.js';

const main = document.getElementById('main');
let leave = () => {};
let session = null;

const pages = [
  [/^\/$/, () => jobsPage(session)],
  [/^\/jobs\/([^/]+)$/, job => jobPage(decodeURIComponent(job), session)],
  [/^\/compare$/, () => comparePage()],
  [/^\/studies$/, () => studiesPage()],
  [/^\/studies\/([^/]+)$/, study => studyPage(decodeURIComponent(study))],
  [/^\/workers$/, () => workersPage()],
  [/^\/api$/, () => apiPage()],
];

async function show() {
  leave();
  leave = () => {};
  found();
  for (const link of document.querySelectorAll('nav a')) {
    link.toggleAttribute('aria-current', link.getAttribute('href') === location.pathname);
  }
  try {
    session ??= await get('/session');
    showSession();
    if (session.role === null) {
      main.replaceChildren(signIn());
      return;
    }
    const found = pages.map(([form, page]) => [location.pathname.match(form), page]).find(([match]) => match);
    const page = found ? await found[1](...found[0].slice(1)) : { title: 'Nothing here', content: [h('p', {}, 'There is no such page.')] };
    document.title = `${page.title} - DistGan`;
    main.replaceChildren(...page.content);
    leave = page.leave ?? (() => {});
    page.enter?.();
    if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  } catch (error) {
    showError(error);
  }
}

function showError(error) {
  if (error instanceof Refusal && error.status === 401) {
    session = { ...session, role: null };
    main.replaceChildren(signIn());
    return;
  }
  main.replaceChildren(h('h1', {}, 'This did not work'), h('p', { class: 'failure' }, error.message), h('p', {}, h('button', { click: show }, 'Try again')));
}

function showSession() {
  const place = document.getElementById('session');
  place.replaceChildren(session.user ? `${session.user}, ${session.role}` : session.role ?? '');
  if (session.user) {
    place.append(' ', h('button', { class: 'plain', click: signOut }, 'Sign out'));
  } else if (session.can_sign_in && session.role !== null) {
    place.append(' ', h('button', { class: 'plain', click: () => main.replaceChildren(signIn()) }, 'Sign in'));
  }
}

function signIn() {
  const token = h('input', { type: 'password', name: 'token', id: 'token', required: true, autocomplete: 'current-password' });
  const submit = async event => {
    event.preventDefault();
    try {
      session = await post('/session', { token: token.value });
      await show();
    } catch (error) {
      notice(error.message, true);
      token.focus();
    }
  };
  return h('form', { class: 'sign-in', submit },
    h('h1', {}, 'Sign in'), h('label', { for: 'token' }, 'Your token'), token, h('button', {}, 'Sign in'));
}

async function signOut() {
  await remove('/session');
  session = null;
  await show();
}

/** Goes to a page of this site without loading it anew. */
export function go(path) {
  history.pushState(null, '', path);
  show().then(() => main.focus({ preventScroll: true }));
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="/"]');
  if (link && !event.defaultPrevented && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.target && !link.hasAttribute('download') && !link.pathname.startsWith('/api/')) {
    event.preventDefault();
    go(link.getAttribute('href'));
  }
});
addEventListener('popstate', show);
show();
