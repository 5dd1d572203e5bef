import { h, render } from '/page/lib/preact.js';
import { App } from './app.js';
import { loadMessages } from './messages.js';

await loadMessages();
render(h(App), document.getElementById('app'));
