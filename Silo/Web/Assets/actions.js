/** What an operator may do with a job; each is asked for again. */

import { of, post, remove } from './api.js';
import { go } from './app.js';
import { h, notice } from './dom.js';

export class Actions {
  /** changed: looks at the job anew; quiet: asks for nothing of it any more, and has no question open. */
  constructor(job, session, changed, quiet) {
    [this.job, this.changed, this.quiet] = [job, changed, quiet];
    this.isOperator = session.role === 'operator';
    this.buttons = {
      stop: h('button', { id: 'stop', click: () => this.ask('Stop this job?', 'Each replica finishes its step and takes a snapshot; it can be resumed.', 'stop') }, 'Stop'),
      pause: h('button', { id: 'pause', click: () => this.ask('Pause this job?', 'Each replica takes a snapshot, and its slot is free for others until the job is resumed.', 'pause') }, 'Pause'),
      resume: h('button', { id: 'resume', click: () => this.ask('Resume this job?', 'It goes on from its newest snapshot.', 'resume', {}) }, 'Resume'),
      scale: h('button', { id: 'scale', click: () => this.askReplicas() }, 'Scale'),
      delete: h('button', { id: 'delete', class: 'danger', click: () => this.askRemoval() }, 'Delete'),
    };
    this.dialog = h('dialog', { id: 'confirm' });
    this.place = h('div', { class: 'actions' }, Object.values(this.buttons), this.dialog);
  }

  show(job) {
    this.replicas = job.replicas.length;
    const isOver = ['completed', 'failed', 'interrupted'].includes(job.state);
    const isPaused = job.state === 'paused';
    const may = { stop: !isOver && job.state !== 'stopping', pause: !isOver && !isPaused && job.state !== 'stopping', resume: isOver || isPaused, scale: !isOver, delete: isOver };
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

  askRemoval() {
    this.confirm('Delete this job?', 'All its files go with it: snapshots, samples, metrics, events. Nothing brings them back.', async () => {
      await this.quiet();
      await remove(of(this.job));
      notice(`The job ${this.job} is deleted.`);
      go('/');
    });
  }

  ask(title, text, action, body) {
    this.confirm(title, text, async () => {
      await post(`${of(this.job)}/${action}`, typeof body === 'function' ? body() : body);
      notice(`${action} was asked for.`);
      await this.changed();
    });
  }

  /** Does something once the answer is yes. */
  confirm(title, text, action) {
    const answer = async event => {
      event.preventDefault();
      this.dialog.close();
      try {
        await action();
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
