/** What an operator may do with a job; each is asked for again. */

import { of, post } from './api.js';
import { h, notice } from './dom.js';

export class Actions {
  constructor(job, session, changed) {
    [this.job, this.changed] = [job, changed];
    this.isOperator = session.role === 'operator';
    this.buttons = {
      stop: h('button', { id: 'stop', click: () => this.ask('Stop this job?', 'Each replica finishes its step and takes a snapshot; it can be resumed.', 'stop') }, 'Stop'),
      pause: h('button', { id: 'pause', click: () => this.ask('Pause this job?', 'Each replica takes a snapshot, and its slot is free for others until the job is resumed.', 'pause') }, 'Pause'),
      resume: h('button', { id: 'resume', click: () => this.ask('Resume this job?', 'It goes on from its newest snapshot.', 'resume', {}) }, 'Resume'),
      scale: h('button', { id: 'scale', click: () => this.askReplicas() }, 'Scale'),
    };
    this.dialog = h('dialog', { id: 'confirm' });
    this.place = h('div', { class: 'actions' }, Object.values(this.buttons), this.dialog);
  }

  show(job) {
    this.replicas = job.replicas.length;
    const isOver = ['completed', 'failed', 'interrupted'].includes(job.state);
    const isPaused = job.state === 'paused';
    const may = { stop: !isOver && job.state !== 'stopping', pause: !isOver && !isPaused && job.state !== 'stopping', resume: isOver || isPaused, scale: !isOver };
    for (const [name, button] of Object.entries(this.buttons)) {
      button.hidden = !may[name];
      button.disabled = !this.isOperator;
      button.title = this.isOperator ? '' : 'Only an operator may do this.';
    }
  }

  askReplicas() {
    const wanted = h('input', { type: 'number', id: 'replicas', min: 1, max: 1024, value: this.replicas, required: true });
    this.ask('How many replicas?', h('label', { for: 'replicas' }, 'Replicas ', wanted), 'scale', () => ({ replicas: Number(wanted.value) }));
  }

  ask(title, text, action, body) {
    const answer = async event => {
      event.preventDefault();
      this.dialog.close();
      try {
        await post(`${of(this.job)}/${action}`, typeof body === 'function' ? body() : body);
        notice(`${action} was asked for.`);
        await this.changed();
      } catch (error) {
        notice(error.message, true);
      }
    };
    this.dialog.replaceChildren(h('form', { submit: answer },
      h('h2', {}, title), h('p', {}, text),
      h('button', { id: 'yes' }, 'Yes'), ' ', h('button', { type: 'button', class: 'plain', click: () => this.dialog.close() }, 'No')));
    this.dialog.showModal();
  }
}
