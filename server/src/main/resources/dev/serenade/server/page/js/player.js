import { Component, createRef, h } from '/page/lib/preact.js';
import { drawAttention, drawOcclusion, drawSpectrum, drawWave } from './drawing.js';
import { cssColour, markOf, styleOf } from './emotions.js';
import { clock, emotionName, number, percent, say } from './messages.js';

/** Sound, its emotions over time, and what explains them; time runs from left to right in all languages. */
export class Player extends Component {
  state = { playing: false, spectrum: false, at: 0 };
  wave = createRef();
  overlay = createRef();
  spectrum = createRef();
  cursor = createRef();
  audio = createRef();

  componentDidMount() {
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.base);
    window.addEventListener('themechange', this.draw);
    this.load();
    this.draw();
  }

  componentDidUpdate() {
    this.load();
    this.draw();
  }

  componentWillUnmount() {
    this.resized.disconnect();
    window.removeEventListener('themechange', this.draw);
    cancelAnimationFrame(this.frame);
    URL.revokeObjectURL(this.address);
  }

  load() {
    const { entry } = this.props;
    if (entry.file && this.loaded !== entry.file && this.audio.current) {
      this.loaded = entry.file;
      URL.revokeObjectURL(this.address);
      this.address = URL.createObjectURL(entry.file);
      this.audio.current.src = this.address;
    }
  }

  get seconds() {
    const { result, sound, progress } = this.props.entry;
    return result?.durationSeconds || sound?.seconds || progress?.statedSeconds || progress?.heardSeconds || 1;
  }

  get drawable() {
    const { sound } = this.props.entry;
    return sound && sound !== 'undecodable';
  }

  draw = () => {
    const { entry } = this.props;
    const { result, overlay, sound } = entry;
    const stateOfDrawing = [entry.sound, overlay, result, this.base?.clientWidth, this.state.spectrum,
      cssColour('--wave')];
    if (this.drawn?.every((some, i) => some === stateOfDrawing[i])) {
      return;
    }
    this.drawn = stateOfDrawing;
    if (this.drawable && this.wave.current) {
      drawWave(this.wave.current, sound.peaks);
    }
    if (this.drawable && this.spectrum.current && sound.samples) {
      drawSpectrum(this.spectrum.current, sound.samples);
    }
    if (this.overlay.current && overlay === 'attention' && result?.attention) {
      drawAttention(this.overlay.current, result.attention, this.seconds);
    }
    if (this.overlay.current && overlay === 'occlusion' && result?.occlusion) {
      drawOcclusion(this.overlay.current, result.occlusion, this.seconds);
    }
  };

  toggle = () => {
    const audio = this.audio.current;
    if (audio.paused) {
      audio.play().catch(() => this.setState({ playing: false }));
    } else {
      audio.pause();
    }
  };

  seek = seconds => {
    const at = Math.max(0, Math.min(this.seconds, seconds));
    if (this.audio.current?.src) {
      this.audio.current.currentTime = at;
    }
    this.setState({ at });
  };

  point = event => {
    const box = event.currentTarget.getBoundingClientRect();
    this.seek((event.clientX - box.left) / box.width * this.seconds);
  };

  press = event => {
    const { at } = this.state;
    const far = this.seconds / 10;
    const targets = {
      ArrowRight: at + 0.5, ArrowUp: at + 0.5, ArrowLeft: at - 0.5, ArrowDown: at - 0.5,
      PageUp: at + far, PageDown: at - far, Home: 0, End: this.seconds,
    };
    if (event.key === ' ' && this.drawable) {
      event.preventDefault();
      this.toggle();
    } else if (event.key in targets && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.seek(targets[event.key]);
    }
  };

  follow = () => {
    const audio = this.audio.current;
    if (audio) {
      this.setState({ at: audio.currentTime });
      if (!audio.paused) {
        this.frame = requestAnimationFrame(this.follow);
      }
    }
  };

  /** Where a part of the recording lies. */
  stretch({ startSeconds, endSeconds }) {
    return {
      left: `${100 * startSeconds / this.seconds}%`,
      width: `${100 * (endSeconds - startSeconds) / this.seconds}%`,
    };
  }

  render({ entry, labels }, { playing, spectrum, at }) {
    const { result, sound } = entry;
    const timeline = result?.timeline ?? entry.heard ?? [];
    const now = timeline.find(part => at >= part.startSeconds && at < part.endSeconds);
    const place = { left: `${Math.min(100, 100 * at / this.seconds)}%` };
    const spoken = say('player.at', { at: clock(at, 1), all: clock(this.seconds, 1) })
      + (now ? ` ${partName(now)}` : '');
    return h('div', { class: 'player' },
      sound === 'undecodable' && h('p', { class: 'caution' }, say('player.undecodable')),
      h('div', {
        class: `sound ${this.drawable ? '' : 'silent'}`, dir: 'ltr', role: 'slider', tabindex: 0, 'aria-label': say('player.position'),
        'aria-valuemin': 0, 'aria-valuemax': Number(this.seconds.toFixed(1)), 'aria-valuenow': Number(at.toFixed(1)),
        'aria-valuetext': spoken, onKeyDown: this.press, onClick: this.point,
      },
        this.drawable && h('div', { class: 'waves' },
          h('canvas', { ref: this.wave, class: 'wave', 'aria-hidden': 'true' }),
          entry.overlay && entry.overlay !== 'nothing'
            && h('canvas', { ref: this.overlay, key: entry.overlay, class: 'overlay', 'aria-hidden': 'true' })),
        this.drawable && spectrum && h('div', { class: 'spectrum' },
          h('canvas', { ref: this.spectrum, 'aria-hidden': 'true' }),
          h('span', { class: 'high', dir: 'auto', 'aria-hidden': 'true' }, say('player.high')),
          h('span', { class: 'low', 'aria-hidden': 'true' }, number(0))),
        h('div', { class: 'timeline', 'aria-hidden': 'true' }, timeline.map(part => h('div', {
          key: `part ${part.startSeconds}`,
          class: `part style-${styleOf(part.emotion, labels)} ${part.abstained ? 'abstained' : ''}`,
          title: `${clock(part.startSeconds, 1)} – ${clock(part.endSeconds, 1)} ${partName(part)}`,
          style: this.stretch(part),
        }, h('span', { class: 'mark' }, markOf(part.emotion, labels)),
        h('span', { class: 'word', dir: 'auto' }, part.abstained ? say('unsure') : emotionName(part.emotion)))),
        result?.gaps?.map(gap => h('div', {
          key: `gap ${gap.startSeconds}`, class: 'gap', style: this.stretch(gap),
          title: `${clock(gap.startSeconds, 1)} – ${clock(gap.endSeconds, 1)} ${gap.message}`,
        }))),
        h('div', { class: 'axis', 'aria-hidden': 'true' }, ticks(this.seconds).map(tick =>
          h('span', { style: { left: `${100 * tick / this.seconds}%` } }, clock(tick, this.seconds < 5 ? 1 : 0)))),
        h('div', { class: 'cursor', style: place, 'aria-hidden': 'true' })),
      h('div', { class: 'controls row' },
        h('button', {
          type: 'button', class: 'first play', disabled: !this.drawable, onClick: this.toggle,
        }, h('span', { 'aria-hidden': 'true', class: 'icon' }, playing ? '❚❚' : '▶\uFE0E'), say(playing ? 'player.pause' : 'player.play')),
        h('bdi', { class: 'clock', dir: 'ltr', 'data-at': at.toFixed(2) }, `${clock(at, 1)} / ${clock(this.seconds, 1)}`),
        h('button', {
          type: 'button', 'aria-pressed': String(spectrum), disabled: !this.drawable || !sound.samples,
          onClick: () => this.setState({ spectrum: !spectrum }),
        }, say('player.spectrum'))),
      h('audio', {
        ref: this.audio, preload: 'auto',
        onPlay: () => { this.setState({ playing: true }); this.follow(); },
        onPause: () => this.setState({ playing: false }), onEnded: () => this.setState({ playing: false }),
      }),
      timeline.length > 0 && h(Parts, { timeline, labels, seek: this.seek, now }));
  }
}

const partName = part => `${part.abstained ? say('unsure') : emotionName(part.emotion)} ${percent(part.confidence)}`;

/** The timeline in words: what a screen reader reads, and what a keyboard goes through. */
function Parts({ timeline, labels, seek, now }) {
  return h('details', { class: 'parts' },
    h('summary', {}, say('parts.title')),
    h('table', {},
      h('thead', {}, h('tr', {}, ['from', 'to', 'emotion', 'confidence'].map(name =>
        h('th', { scope: 'col' }, say(`parts.${name}`))))),
      h('tbody', {}, timeline.map(part => h('tr', { class: part === now ? 'now' : '', key: part.startSeconds },
        h('td', {}, h('button', {
          type: 'button', class: 'link', onClick: () => seek(part.startSeconds),
          'aria-label': say('parts.go', { at: clock(part.startSeconds, 1) }),
        }, h('bdi', { dir: 'ltr' }, clock(part.startSeconds, 1)))),
        h('td', {}, h('bdi', { dir: 'ltr' }, clock(part.endSeconds, 1))),
        h('td', { class: `style-${styleOf(part.emotion, labels)}` },
          h('span', { class: 'mark', 'aria-hidden': 'true' }, markOf(part.emotion, labels)),
          part.abstained ? say('unsure') : emotionName(part.emotion)),
        h('td', {}, percent(part.confidence)))))));
}

/** Returns about five round times. */
function ticks(seconds) {
  const step = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].find(some => seconds / some <= 6) ?? 7200;
  // The last would hang over the edge.
  return Array.from({ length: Math.ceil(seconds / step) }, (_, i) => i * step).filter(tick => tick < seconds * 0.95);
}
