import { Component, h } from '/page/lib/preact.js';
import { currentLanguage, knownLanguages, say } from './messages.js';

/** What is drawn on canvases is drawn anew. */
const tellOfTheme = () => window.dispatchEvent(new Event('themechange'));

/** The name, the two halves of the page, the language and the theme. */
export class Header extends Component {
  state = { theme: document.documentElement.dataset.theme ?? 'system' };

  componentDidMount() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tellOfTheme);
  }

  choose = event => {
    const theme = event.target.value;
    if (theme === 'system') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    try {
      localStorage.setItem('serenade.theme', theme);
    } catch {
      // It holds for this visit.
    }
    this.setState({ theme });
    tellOfTheme();
  };

  render({ view, choose, speak }, { theme }) {
    const tab = name => h('button', {
      type: 'button', class: 'tab', 'aria-current': view === name ? 'page' : null, onClick: () => choose(name),
    }, say(`view.${name}`));
    return h('header', { class: 'top' },
      h('h1', {}, h('img', { src: '/page/img/serenade.svg', alt: '', width: 30, height: 30 }), say('name')),
      view && h('nav', { 'aria-label': say('view') }, tab('recordings'), tab('live')),
      h('div', { class: 'choices' },
        h('label', {}, h('span', { class: 'unseen' }, say('language')),
          h('select', { value: currentLanguage().code, onChange: event => speak(event.target.value) },
            knownLanguages().map(some => h('option', {
              value: some.code, lang: some.code, selected: some.code === currentLanguage().code,
            }, some.name)))),
        h('label', {}, h('span', { class: 'unseen' }, say('theme')),
          h('select', { value: theme, onChange: this.choose },
            ['system', 'light', 'dark'].map(some =>
              h('option', { value: some, selected: some === theme }, say(`theme.${some}`)))))));
  }
}
