import { Component, createRef, h } from '/page/lib/preact.js';
import * as api from './api.js';
import { troubleOf } from './add-sound.js';
import { drawChart } from './drawing.js';
import { markOf, styleOf } from './emotions.js';
import { clock, emotionName, number, percent, say } from './messages.js';
import { levelOf, openMicrophone, toPcm16 } from './microphone.js';
import { ProblemNote } from './problem.js';
import { Scores } from './scores.js';

const SHOWN_SECONDS = 60;

/** Sound that waits for a slow network or server is left out beyond this: live means now. */
const MOST_WAITING_BYTES = 256 * 1024;

/** What the microphone hears, scored while somebody speaks. */
export class Live extends Component {
  state = { on: false, starting: false, windows: [], level: 0, problem: null, trouble: null, dropped: false, spoken: '' };
  chart = createRef();

  componentDidMount() {
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.base);
    window.addEventListener('themechange', this.draw);
  }

  componentWillUnmount() {
    this.resized.disconnect();
    window.removeEventListener('themechange', this.draw);
    this.stop();
  }

  componentDidUpdate() {
    this.draw();
  }

  draw = () => {
    if (this.chart.current) {
      drawChart(this.chart.current, this.state.windows, this.labels, SHOWN_SECONDS);
    }
  };

  get labels() {
    return this.state.labels ?? this.props.labels;
  }

  start = async () => {
    this.setState({ starting: true, windows: [], problem: null, trouble: null, dropped: false });
    this.socket = null;
    try {
      this.microphone = await openMicrophone(this.hear);
    } catch (failure) {
      this.setState({ trouble: troubleOf(failure), starting: false });
      return;
    }
    this.ended = false;
    const socket = api.openStream(this.microphone.rate);
    this.socket = socket;
    // What an earlier stream still says is of no interest once there is a new one.
    socket.onmessage = event => socket === this.socket && this.told(JSON.parse(event.data));
    socket.onclose = event => socket === this.socket && this.closed(event);
  };

  hear = samples => {
    this.setState({ level: levelOf(samples) });
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN || this.ended) {
      return;
    }
    if (socket.bufferedAmount > MOST_WAITING_BYTES) {
      this.setState({ dropped: true });
    } else {
      socket.send(toPcm16(samples));
    }
  };

  told(news) {
    if (news.type === 'ready') {
      this.setState({ on: true, starting: false, labels: news.labels });
    } else if (news.type === 'window') {
      const windows = [...this.state.windows, news].filter(some => some.endSeconds > news.endSeconds - SHOWN_SECONDS - 1);
      const before = this.state.windows.at(-1)?.emotion;
      this.setState({
        windows, dropped: this.state.dropped || news.dropped,
        // A screen reader hears of changes only.
        spoken: news.emotion && news.emotion !== before ? emotionName(news.emotion) : this.state.spoken,
      });
    }
  }

  closed({ code }) {
    this.microphone?.close();
    this.microphone = null;
    this.socket = null;
    const codes = { 1001: 'shutting-down', 1008: 'stream-policy', 1012: 'shutting-down', 1013: 'busy', 1011: 'internal', 1003: 'bad-request' };
    this.setState({
      on: false, starting: false, level: 0,
      problem: this.ended || code === 1000 ? null : { code: codes[code] ?? 'stream-lost', detail: '' },
    });
  }

  stop = () => {
    this.microphone?.close();
    this.microphone = null;
    this.ended = true;
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ type: 'end' }));
    } else {
      this.socket?.close();
    }
    this.setState({ on: false, starting: false, level: 0 });
  };

  render(_, { on, starting, windows, level, problem, trouble, dropped, spoken }) {
    const last = windows.at(-1);
    const { labels } = this;
    return h('section', { class: 'live card', 'aria-labelledby': 'live-title' },
      h('div', { class: 'heading' }, h('h2', { id: 'live-title' }, say('live.title')),
        h('button', { type: 'button', class: 'first', disabled: starting, onClick: on ? this.stop : this.start },
          say(on ? 'live.stop' : starting ? 'live.starting' : 'live.start'))),
      h('p', {}, say('live.how')),
      trouble && h('p', { class: 'refused', role: 'alert' }, say(trouble)),
      problem && h(ProblemNote, { problem, retry: this.start }),
      h('div', { class: 'now' },
        h('div', { class: `verdict style-${last?.scores ? styleOf(last.emotion, labels) : 'none'}` },
          h('span', { class: 'mark', 'aria-hidden': 'true' }, last?.scores ? markOf(last.emotion, labels) : '–'),
          h('div', {},
            h('p', { class: 'emotion' }, last?.scores ? emotionName(last.emotion) : say(on ? 'live.silence' : 'live.off')),
            h('p', { class: 'sure' }, last?.scores ? say('live.sure', { confidence: percent(last.confidence) })
              : say(on ? 'live.speak' : 'live.nothing')))),
        h('label', { class: 'level' }, h('span', {}, say('level')), h('meter', { min: 0, max: 1, value: level }))),
      h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, spoken),
      h('figure', { class: 'chart' },
        h('canvas', {
          ref: this.chart, role: 'img',
          'aria-label': last?.scores ? say('live.chart', { scores: Object.entries(last.scores)
            .map(([label, score]) => `${emotionName(label)} ${percent(score)}`).join(say('comma')) }) : say('live.chart.empty'),
          'data-windows': windows.length, 'data-scored': windows.filter(some => some.scores).length,
        }),
        h('figcaption', { dir: 'ltr' },
          h('span', {}, h('bdi', {}, `−${clock(SHOWN_SECONDS)}`)),
          h('span', { class: 'present' }, h('bdi', {}, say('live.present'))))),
      dropped && h('p', { class: 'caution' }, say('live.dropped')),
      last?.scores && h(Scores, { scores: last.scores, title: say('live.scores', { seconds: number(4) }) }));
  }
}
