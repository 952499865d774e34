/** The paths of the API. */

import { get } from './api.js';
import { h, table } from './dom.js';

export async function apiPage() {
  const { paths } = await get('/openapi.json');
  const rows = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, what]) => [method.toUpperCase(), h('code', {}, path), what.summary ?? '']));
  return {
    title: 'API',
    content: [
      h('h1', {}, 'API'),
      h('p', {}, 'The same as here, for scripts. ', h('a', { href: '/api/v1/openapi.json', target: '_blank' }, 'The OpenAPI document'), ' has every field.'),
      table(['method', 'path', 'does'], rows, 'Paths'),
    ],
  };
}
