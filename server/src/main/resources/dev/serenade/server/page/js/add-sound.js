import { Component, createRef, h } from '/page/lib/preact.js';
import { clock, howLong, say, sayCount } from './messages.js';
import { levelOf, openMicrophone, toPcm16, wavFile } from './microphone.js';

const LONGEST_SECONDS = 600;

/** Takes sound in: dropped, chosen, or recorded here. */
export class AddSound extends Component {
  state = { over: false, recording: false, starting: false, seconds: 0, level: 0, trouble: null };
  input = createRef();

  componentDidMount() {
    // A file that is dropped beside the field would replace the page.
    window.addEventListener('dragover', this.drag);
    window.addEventListener('drop', this.drop);
  }

  componentWillUnmount() {
    window.removeEventListener('dragover', this.drag);
    window.removeEventListener('drop', this.drop);
    this.microphone?.close();
  }

  drag = event => {
    event.preventDefault();
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.setState({ over: false }), 250);
    if (!this.state.over) {
      this.setState({ over: true });
    }
  };

  drop = event => {
    event.preventDefault();
    this.setState({ over: false });
    this.props.recordings.add(event.dataTransfer?.files ?? []);
  };

  pick = event => {
    this.props.recordings.add(event.target.files);
    event.target.value = '';
  };

  record = async () => {
    this.setState({ trouble: null, starting: true });
    const pieces = [];
    let samples = 0;
    try {
      this.microphone = await openMicrophone(heard => {
        pieces.push(toPcm16(heard));
        samples += heard.length;
        const seconds = samples / (this.microphone?.rate ?? 16000);
        this.setState({ level: levelOf(heard), seconds });
        if (seconds >= Math.min(LONGEST_SECONDS, this.props.server.limits.seconds)) {
          this.stop();
        }
      });
      this.pieces = pieces;
      this.setState({ recording: true, seconds: 0 });
    } catch (failure) {
      this.setState({ trouble: troubleOf(failure) });
    }
    this.setState({ starting: false });
  };

  stop = () => {
    const { rate } = this.microphone;
    this.microphone.close();
    this.microphone = null;
    this.setState({ recording: false, level: 0 });
    if (this.pieces.length) {
      const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '-');
      this.props.recordings.add([wavFile(this.pieces, rate, `recording-${time}.wav`)]);
    }
  };

  render({ server, roomy }, { over, recording, starting, seconds, level, trouble }) {
    return h('section', { class: `add card ${roomy ? 'roomy' : ''} ${over ? 'over' : ''}`, 'aria-labelledby': 'add-title' },
      h('div', { class: 'invite' },
        roomy && h('svg', { class: 'wave', viewBox: '0 0 96 40', 'aria-hidden': 'true' },
          h('path', { d: 'M6 18v4M16 13v14M26 7v26M36 15v10M46 3v34M56 10v20M66 16v8M76 8v24M86 17v6' })),
        h('h2', { id: 'add-title' }, over ? say('add.let.go') : say(recording ? 'add.recording' : roomy ? 'add.title' : 'add.title.more')),
        roomy && !recording && h('p', {}, say('add.how', { longest: howLong(server.limits.seconds) }), ' ',
          server.history ? sayCount('footer.kept', server.retentionDays) : say('footer.not.kept'))),
      recording
        ? h('div', { class: 'recording' },
          h('span', { class: 'dot', 'aria-hidden': 'true' }),
          h('bdi', { class: 'clock', dir: 'ltr' }, clock(seconds, 1)),
          h('meter', { min: 0, max: 1, value: level, 'aria-label': say('level') }),
          h('button', { type: 'button', class: 'first', onClick: this.stop }, say('add.stop')))
        : h('div', { class: 'row' },
          h('button', { type: 'button', class: 'first', onClick: () => this.input.current.click() }, say('add.choose')),
          h('button', { type: 'button', disabled: starting, onClick: this.record }, say('add.record'))),
      h('input', {
        ref: this.input, type: 'file', multiple: true, hidden: true, accept: 'audio/*,video/*', onChange: this.pick,
        'aria-label': say('add.choose'),
      }),
      trouble && h('p', { class: 'refused', role: 'alert' }, say(trouble)));
  }
}

/** Returns the text for why there is no microphone. */
export const troubleOf = failure => ({
  NotAllowedError: 'microphone.refused', NotFoundError: 'microphone.none', NotSupportedError: 'microphone.insecure',
}[failure.name] ?? 'microphone.failed');
