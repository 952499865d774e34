/** The HTTP API of the silo that this page is from. */

const base = '/api/v1';

/** What the API refused, with its sentences. */
export class Refusal extends Error {
  constructor(status, errors) {
    super(errors.join('\n'));
    this.status = status;
  }
}

async function ask(method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.ok) return answer;
  let errors = [`${answer.status} ${answer.statusText}`];
  try {
    errors = (await answer.json()).errors ?? errors;
  } catch {
    // No document: the status says it.
  }
  throw new Refusal(answer.status, errors);
}

export const get = async path => (await ask('GET', path)).json();
export const post = async (path, body) => (await ask('POST', path, body)).json();
export const remove = path => ask('DELETE', path);

export async function yaml(job) {
  const answer = await fetch(`${base}${of(job)}/recipe`, { headers: { Accept: 'application/yaml' } });
  return answer.ok ? answer.text() : '';
}

/** The path of a job. */
export const of = job => `/jobs/${encodeURIComponent(job)}`;

/** The address of a file of a job. */
export const file = (job, name) => `${base}${of(job)}/files/${name}`;

export const stream = job => new EventSource(`${base}${of(job)}/stream`);
