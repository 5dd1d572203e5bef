import { h } from '/page/lib/preact.js';
import { markOf, styleOf } from './emotions.js';
import { emotionName, percent } from './messages.js';

/** A bar for each emotion, the likeliest first. */
export function Scores({ scores, title }) {
  const labels = Object.keys(scores);
  const ranked = Object.entries(scores).sort(([, a], [, b]) => b - a);
  return h('div', { class: 'scores' },
    h('h3', {}, title),
    h('dl', {}, ranked.map(([label, score]) => h('div', { class: `score style-${styleOf(label, labels)}`, key: label },
      h('dt', {}, h('span', { class: 'mark', 'aria-hidden': 'true' }, markOf(label, labels)), emotionName(label)),
      h('dd', {},
        h('span', { class: 'track', 'aria-hidden': 'true' },
          h('span', { class: 'fill', style: { inlineSize: `${100 * score}%` } })),
        h('span', { class: 'share' }, percent(score)))))));
}
