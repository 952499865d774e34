/** Whether the cluster answers; where it does not, the page says since when what it shows is old. */

import { Refusal } from './api.js';

const patience = 3000; // a connection that is made anew at once is nobody's concern

let timer;

/** It did not answer; a refusal is an answer. */
export function lost(error) {
  if (error instanceof Refusal && error.status < 500) return;
  const since = new Date();
  timer ??= setTimeout(() => {
    const place = document.getElementById('connection');
    place.textContent = `The cluster does not answer since ${since.toLocaleTimeString()}: what is shown is from then. It is asked again until it does.`;
    place.hidden = false;
  }, patience);
}

/** It did. */
export function found() {
  clearTimeout(timer);
  timer = undefined;
  document.getElementById('connection').hidden = true;
}
