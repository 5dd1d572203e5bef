import { Component, h } from '/page/lib/preact.js';
import { emotionName, say } from './messages.js';
import { ProblemNote } from './problem.js';

/** Lets a person say which emotion it was. */
export class Correction extends Component {
  state = { problem: null, busy: false };

  run = async work => {
    this.setState({ busy: true, problem: null });
    try {
      await work();
    } catch (problem) {
      this.setState({ problem });
    }
    this.setState({ busy: false });
  };

  submit = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    const speaker = form.get('speaker').trim();
    this.run(() => this.props.recordings.correct(this.props.entry, {
      emotion: form.get('emotion'), ...(speaker ? { speaker } : {}),
    }));
  };

  render({ entry, recordings, labels }, { problem, busy }) {
    const { correction, result } = entry;
    const now = correction?.emotion ?? result.emotion;
    return h('details', { class: 'correction', open: Boolean(correction) },
      h('summary', {}, say('correct.title')),
      h('form', { onSubmit: this.submit },
        h('p', {}, say('correct.why')),
        h('div', { class: 'row' },
          h('label', { class: 'field' }, h('span', {}, say('correct.emotion')),
            h('select', { name: 'emotion' }, labels.map(label =>
              h('option', { value: label, selected: label === now }, emotionName(label))))),
          h('label', { class: 'field' }, h('span', {}, say('correct.speaker')),
            h('input', { name: 'speaker', maxlength: 100, autocomplete: 'off', value: correction?.speaker ?? '' })),
          h('button', { class: 'first', disabled: busy }, say('correct.save')),
          correction && h('button', { type: 'button', disabled: busy, onClick: () => this.run(() => recordings.uncorrect(entry)) },
            say('correct.undo'))),
        problem && h(ProblemNote, { problem })));
  }
}
