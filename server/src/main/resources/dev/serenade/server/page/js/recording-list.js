import { Component, h } from '/page/lib/preact.js';
import { markOf, styleOf } from './emotions.js';
import { clock, dateAndTime, emotionName, percent, say, sayCount } from './messages.js';
import { csv, jsonText, save } from './save.js';

/** What was analysed in this visit, and what the server has kept of others. */
export class RecordingList extends Component {
  state = { loading: false, problem: null };

  more = async () => {
    this.setState({ loading: true, problem: null });
    try {
      await this.props.recordings.loadKept();
    } catch (problem) {
      this.setState({ problem });
    }
    this.setState({ loading: false });
  };

  render({ recordings, entries, selected, next }, { loading, problem }) {
    const results = recordings.results();
    const group = (title, some) => some.length > 0 && h('div', {},
      h('h2', {}, title), h('ul', { class: 'list' }, some.map(entry => h('li', { key: entry.key },
        h(Row, { entry, chosen: entry === selected, select: () => recordings.select(entry) })))));
    return h('section', { class: 'recordings card', 'aria-label': say('list.title') },
      group(say('list.visit'), entries.filter(entry => !entry.kept)),
      group(say('list.kept'), entries.filter(entry => entry.kept)),
      next && h('button', { type: 'button', disabled: loading, onClick: this.more }, say('list.more')),
      problem && h('p', { class: 'refused', role: 'alert' }, say('problem.other')),
      results.length > 1 && h('div', { class: 'row all' },
        h('span', {}, sayCount('list.save', results.length)),
        h('button', { type: 'button', onClick: () => save(csv(results), 'serenade.csv', 'text/csv') }, 'CSV'),
        h('button', { type: 'button', onClick: () => save(jsonText(results), 'serenade.json', 'application/json') }, 'JSON')));
  }
}

function Row({ entry, chosen, select }) {
  const { result } = entry;
  const labels = result ? Object.keys(result.scores) : [];
  const emotion = entry.correction?.emotion ?? result?.emotion;
  return h('button', { type: 'button', class: 'entry', 'aria-current': chosen ? 'true' : null, onClick: select },
    h('span', { class: 'file' }, h('bdi', {}, entry.name)),
    h('span', { class: 'said' },
      entry.status === 'done' && result
        ? [h('span', { class: `mark style-${styleOf(emotion, labels)}`, 'aria-hidden': 'true' }, markOf(emotion, labels)),
          entry.correction ? say('list.corrected', { emotion: emotionName(emotion) })
            : result.abstained ? say('unsure') : `${emotionName(emotion)} ${percent(result.confidence)}`]
        : h('span', { class: `status ${entry.status}` }, say(`status.${entry.status}`))),
    result && h('bdi', { class: 'length', dir: 'ltr' }, clock(result.durationSeconds, result.durationSeconds < 60 ? 1 : 0)),
    entry.kept && entry.createdAt && h('span', { class: 'when' }, dateAndTime(entry.createdAt)));
}
