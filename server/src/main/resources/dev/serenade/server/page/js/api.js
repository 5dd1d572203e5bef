/** Talks to the server this page came from. */

const KEY = 'serenade.key';

export function apiKey() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Keeps the key for as long as this tab is open. */
export function useKey(key) {
  sessionStorage.setItem(KEY, key);
}

/** What went wrong, by the code that the server names it with. */
export class Problem extends Error {
  constructor(code, detail, retryAfterSeconds = 0) {
    super(detail);
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static async of(answer) {
    let told = {};
    try {
      told = await answer.json();
    } catch {
      // Whoever stands between may answer in HTML.
    }
    const retry = Number(answer.headers.get('Retry-After')) || 0;
    return new Problem(told.code ?? `status-${answer.status}`, told.detail ?? '', retry);
  }
}

async function ask(path, options = {}) {
  const headers = new Headers(options.headers);
  if (apiKey()) {
    headers.set('Authorization', `Bearer ${apiKey()}`);
  }
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem('unreachable', '');
  }
  if (!answer.ok) {
    throw await Problem.of(answer);
  }
  return answer;
}

const json = async (path, options) => (await ask(path, options)).json();
const at = id => `/v1/analyses/${encodeURIComponent(id)}`;

export const server = () => json('/v1/server');

/** Asks for an analysis: {job} of a long recording, else {result}. */
export async function analyse(file, options, signal) {
  const form = new FormData();
  for (const [name, value] of Object.entries(options)) {
    form.append(name, value);
  }
  form.append('file', file, file.name);
  const answer = await ask('/v1/analyses', { method: 'POST', body: form, signal });
  const told = await answer.json();
  return answer.status === 202 ? { job: told } : { result: told };
}

export const find = id => json(at(id));
export const list = (cursor, limit = 20) =>
  json(`/v1/analyses?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
export const remove = id => ask(at(id), { method: 'DELETE' });
export const audio = async id => (await ask(`${at(id)}/audio`)).blob();

export const correct = (id, correction) => json(`${at(id)}/correction`, {
  method: 'PUT',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(correction),
});
export const uncorrect = id => ask(`${at(id)}/correction`, { method: 'DELETE' });

/** Follows a job, calling hear(event, data) for each event; EventSource could not send a key. */
export async function follow(id, hear, signal) {
  const answer = await ask(`${at(id)}/events`, { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const lines = event.split('\n');
      const field = name => lines.filter(line => line.startsWith(`${name}:`))
        .map(line => line.slice(name.length + 1).trim()).join('\n');
      if (field('data')) {
        hear(field('event'), JSON.parse(field('data')));
      }
    }
  }
}

/** Opens the stream for live sound. */
export function openStream(rate) {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const address = `${scheme}://${location.host}/v1/stream?format=s16&rate=${rate}&channels=1&window=4&hop=0.5`;
  // The server answers with the first; a browser hangs up if it is offered only the other.
  const socket = new WebSocket(address, apiKey() ? ['serenade.v1', `serenade.key.${apiKey()}`] : ['serenade.v1']);
  socket.binaryType = 'arraybuffer';
  return socket;
}
