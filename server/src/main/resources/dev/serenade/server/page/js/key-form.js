import { Component, h } from '/page/lib/preact.js';
import { say } from './messages.js';

/** Asks for the key of a server that wants one. */
export class KeyForm extends Component {
  submit = event => {
    event.preventDefault();
    const key = new FormData(event.target).get('key').trim();
    if (key) {
      this.props.enter(key);
    }
  };

  render({ refused }) {
    return h('form', { class: 'card key', onSubmit: this.submit },
      h('h2', {}, say('key.title')),
      h('p', { id: 'key-why' }, say('key.why')),
      h('label', { for: 'key' }, say('key.label')),
      h('div', { class: 'row' },
        h('input', {
          id: 'key', name: 'key', type: 'password', autocomplete: 'off', required: true, dir: 'ltr',
          'aria-describedby': refused ? 'key-refused' : 'key-why', 'aria-invalid': refused ? 'true' : null,
        }),
        h('button', { class: 'first' }, say('key.enter'))),
      refused && h('p', { id: 'key-refused', class: 'refused', role: 'alert' }, say('key.refused')));
  }
}
