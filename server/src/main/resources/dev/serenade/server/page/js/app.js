import { Component, h } from '/page/lib/preact.js';
import * as api from './api.js';
import { Header } from './header.js';
import { KeyForm } from './key-form.js';
import { Live } from './live.js';
import { chooseLanguage, say, sayCount } from './messages.js';
import { Notice } from './notice.js';
import { ProblemNote } from './problem.js';
import { Recordings } from './recordings.js';
import { RecordingList } from './recording-list.js';
import { AddSound } from './add-sound.js';
import { Detail } from './detail.js';

/** The whole page: what the server is, and which of its two halves is shown. */
export class App extends Component {
  state = { server: null, problem: null, view: 'recordings', entries: [], selected: null, next: null, news: '' };

  recordings = new Recordings(() => this.setState({
    entries: [...this.recordings.entries], selected: this.recordings.selected, next: this.recordings.next,
  }), news => this.setState({ news }));

  componentDidMount() {
    this.connect();
  }

  connect = async () => {
    try {
      const server = await api.server();
      this.recordings.server = server;
      this.setState({ server, problem: null });
      await this.recordings.loadKept();
    } catch (problem) {
      this.setState({ problem });
    }
  };

  enter = key => {
    api.useKey(key);
    return this.connect();
  };

  speak = async code => {
    await chooseLanguage(code);
    this.forceUpdate();
  };

  render(_, { server, problem, view, entries, selected, next, news }) {
    const shown = entries.find(entry => entry === selected);
    return h('div', { class: 'page' },
      h('a', { class: 'skip', href: '#main' }, say('skip')),
      h(Header, { view: server && view, choose: some => this.setState({ view: some }), speak: this.speak }),
      h('main', { id: 'main', tabindex: -1 },
        problem?.code === 'unauthorized'
          ? h(KeyForm, { enter: this.enter, refused: Boolean(api.apiKey()) })
          : problem && h(ProblemNote, { problem, retry: this.connect }),
        server && view === 'live' && h(Live, { labels: server.model.labels }),
        server && view === 'recordings' && h('div', { class: entries.length ? 'desk' : 'desk empty' },
          h('div', { class: 'side' },
            h(AddSound, { recordings: this.recordings, server, roomy: !entries.length }),
            entries.length > 0 && h(RecordingList, { recordings: this.recordings, entries, selected, next })),
          shown ? h(Detail, { key: shown.key, entry: shown, recordings: this.recordings, server })
            : entries.length > 0 && h('p', { class: 'card choose-one' }, say('list.choose'))),
        h(Notice)),
      h('footer', {},
        server && h('span', {}, say('footer.model', { model: server.model.name, version: server.version })),
        server && h('span', {}, server.history ? sayCount('footer.kept', server.retentionDays) : say('footer.not.kept')),
        h('a', { href: '/docs' }, say('footer.api'))),
      h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, news));
  }
}
