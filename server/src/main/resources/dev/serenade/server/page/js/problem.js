import { h } from '/page/lib/preact.js';
import { canSay, say, sayCount } from './messages.js';

/** Says what went wrong in the reader's words, and what the server said of it. */
export function ProblemNote({ problem, retry }) {
  const code = problem.code ?? 'internal';
  const known = canSay(`problem.${code}`);
  return h('div', { class: 'problem', role: 'alert' },
    h('p', { class: 'what' }, h('span', { class: 'sign', 'aria-hidden': 'true' }, '!'),
      say(known ? `problem.${code}` : 'problem.other')),
    problem.retryAfterSeconds > 0
      && h('p', {}, sayCount('problem.again', problem.retryAfterSeconds)),
    problem.detail && h('p', { class: 'detail', lang: 'en', dir: 'ltr' }, problem.detail),
    retry && h('button', { type: 'button', onClick: retry }, say('retry')));
}
