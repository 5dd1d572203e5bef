import { Component, h } from '/page/lib/preact.js';
import { Correction } from './correction.js';
import { markOf, styleOf } from './emotions.js';
import { clock, emotionName, number, percent, say } from './messages.js';
import { Player } from './player.js';
import { ProblemNote } from './problem.js';
import { LONGEST_EXPLAINED_SECONDS } from './recordings.js';
import { baseName, csv, jsonText, save, webVtt } from './save.js';
import { Scores } from './scores.js';

/** All that is known of one recording. */
export class Detail extends Component {
  state = { problem: null };

  remove = () => this.props.recordings.remove(this.props.entry).catch(problem => this.setState({ problem }));

  render({ entry, recordings, server }, { problem }) {
    const { result } = entry;
    return h('article', { class: 'detail card', 'aria-labelledby': 'detail-title' },
      h('div', { class: 'heading' },
        h('h2', { id: 'detail-title' }, h('bdi', {}, entry.name)),
        h('button', { type: 'button', class: 'quiet', onClick: this.remove }, say('remove'))),
      problem && h(ProblemNote, { problem }),
      entry.status !== 'done' && entry.status !== 'failed' && h(Progress, { entry }),
      entry.problem && h(ProblemNote, {
        problem: entry.problem, retry: entry.file && !entry.kept && (() => recordings.retry(entry)),
      }),
      result && h(Verdict, { result, correction: entry.correction }),
      (result || entry.sound || entry.heard) && entry.status !== 'failed'
        && h(Player, { entry, labels: server.model.labels }),
      result && entry.file && h(Explanation, { entry, recordings }),
      result && h(Scores, { scores: result.scores, title: say('scores.title') }),
      result?.gaps && h('div', { class: 'gaps' }, h('h3', {}, say('gaps.title')),
        h('ul', {}, result.gaps.map(gap => h('li', {},
          h('bdi', { dir: 'ltr' }, `${clock(gap.startSeconds, 1)} – ${clock(gap.endSeconds, 1)}`),
          ' ', h('span', { lang: 'en', dir: 'ltr' }, gap.message))))),
      result && server.history && entry.id
        && h(Correction, { entry, recordings, labels: server.model.labels }),
      result && h(Saving, { result }));
  }
}

function Progress({ entry: { status, progress } }) {
  const share = progress?.statedSeconds ? Math.min(1, progress.heardSeconds / progress.statedSeconds) : null;
  return h('div', { class: 'progress' },
    h('label', {}, h('span', {}, say(`status.${status}`)),
      h('progress', share === null || status !== 'running' ? {} : { value: share, max: 1 })),
    status === 'running' && progress && h('p', {}, share === null
      ? say('progress.heard', { heard: clock(progress.heardSeconds) })
      : say('progress.of', { heard: clock(progress.heardSeconds), all: clock(progress.statedSeconds) })));
}

function Verdict({ result, correction }) {
  const labels = Object.keys(result.scores);
  const label = correction?.emotion ?? result.emotion;
  return h('div', { class: `verdict style-${styleOf(label, labels)}` },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, markOf(label, labels)),
    h('div', {},
      h('p', { class: 'emotion' }, result.abstained && !correction ? say('unsure') : emotionName(label)),
      h('p', { class: 'sure' }, correction
        ? say('verdict.corrected', { emotion: emotionName(result.emotion), confidence: percent(result.confidence) })
        : result.abstained
          ? say('verdict.abstained', { emotion: emotionName(result.emotion), confidence: percent(result.confidence) })
          : say('verdict.sure', { confidence: percent(result.confidence) }))),
    h('p', { class: 'length' }, h('bdi', { dir: 'ltr' }, clock(result.durationSeconds, 1))));
}

function Explanation({ entry, recordings }) {
  const { attention, durationSeconds } = entry.result;
  if (attention) {
    return h('fieldset', { class: 'explanation' },
      h('legend', {}, say('explain.shown')),
      h('div', { class: 'row' }, ['occlusion', 'attention', 'nothing'].map(some => h('label', { class: 'choice' },
        h('input', {
          type: 'radio', name: 'overlay', value: some, checked: entry.overlay === some,
          onChange: () => recordings.show(entry, some),
        }), say(`explain.${some}`)))),
      h('p', {}, entry.overlay === 'occlusion' ? say('explain.occlusion.means', {
        emotion: emotionName(entry.result.occlusion.emotion),
        change: percent(Math.max(...entry.result.occlusion.changes.map(Math.abs)), 1),
      })
        : entry.overlay === 'attention' ? say('explain.attention.means') : ''),
      !attention.explains && h('p', { class: 'caution' }, say('explain.not', { agreement: number(attention.agreement, 2) })));
  }
  const long = durationSeconds > LONGEST_EXPLAINED_SECONDS;
  return h('div', { class: 'explanation' },
    h('div', { class: 'row' },
      h('button', { type: 'button', disabled: long || entry.explaining, onClick: () => recordings.explain(entry) },
        entry.explaining ? say('explain.working') : say('explain')),
      h('span', { class: 'hint' }, long ? say('explain.long', { seconds: number(LONGEST_EXPLAINED_SECONDS) }) : say('explain.hint'))),
    entry.explainProblem && h(ProblemNote, { problem: entry.explainProblem }));
}

function Saving({ result }) {
  const name = baseName(result.file);
  return h('div', { class: 'saving row', role: 'group', 'aria-label': say('save') },
    h('span', {}, say('save')),
    h('button', { type: 'button', onClick: () => save(jsonText(result), `${name}.json`, 'application/json') }, 'JSON'),
    h('button', { type: 'button', onClick: () => save(csv([result]), `${name}.csv`, 'text/csv') }, 'CSV'),
    h('button', { type: 'button', onClick: () => save(webVtt(result), `${name}.vtt`, 'text/vtt') }, 'WebVTT'));
}
