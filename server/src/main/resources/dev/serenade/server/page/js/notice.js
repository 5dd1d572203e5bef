import { h } from '/page/lib/preact.js';
import { say } from './messages.js';

/** What the scores mean, and what they must not be used for. */
export const Notice = () => h('aside', { class: 'notice', 'aria-labelledby': 'notice-title' },
  h('h2', { id: 'notice-title' }, say('notice.title')),
  h('p', {}, say('notice.short')),
  h('details', {},
    h('summary', {}, say('notice.more')),
    h('ul', {}, ['probability', 'acted', 'languages', 'wrong', 'lies', 'people']
      .map(part => h('li', {}, say(`notice.${part}`))))));
