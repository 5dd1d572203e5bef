import { Recognizer } from './recognizer.js';

const at = id => document.getElementById(id);

const loading = Recognizer.load(new URLSearchParams(location.search).get('model') ?? 'emotion.onnx');

function say(text, failed = false) {
  at('state').textContent = text;
  at('state').classList.toggle('failed', failed);
}

function bars(scores) {
  const best = Math.max(...scores.map(([, score]) => score));
  at('scores').replaceChildren(...scores.flatMap(([label, score]) => {
    const name = document.createElement('dt');
    name.textContent = label;
    const bar = document.createElement('dd');
    bar.className = 'bar';
    bar.setAttribute('aria-hidden', 'true');
    bar.append(document.createElement('div'));
    bar.firstChild.style.width = `${100 * score}%`;
    const value = document.createElement('dd');
    value.className = 'value';
    value.dataset.score = score;
    value.textContent = `${Math.round(100 * score)} %`;
    if (score === best) {
      name.classList.add('first');
      value.classList.add('first');
    }
    return [name, bar, value];
  }));
}

let address;

async function hear(name, blob) {
  try {
    at('result').hidden = true;
    say('Listening …');
    const recognizer = await loading;
    const bytes = await blob.arrayBuffer();
    const samples = await recognizer.decode(bytes).catch(() => {
      throw new Error(`${name}: expected a recording that this browser can play, found something else`);
    });
    const start = performance.now();
    bars(await recognizer.recognize(samples));
    const taken = performance.now() - start;
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(blob);
    at('player').src = address;
    at('name').textContent = name;
    at('result').hidden = false;
    say(`${(samples.length / recognizer.sampleRate).toFixed(1)} s heard in ${Math.round(taken)} ms.`);
  } catch (error) {
    say(error.message, true);
  }
}

at('file').addEventListener('change', event => {
  const [file] = event.target.files;
  if (file) {
    hear(file.name, file);
  }
  event.target.value = '';
});

const drop = at('drop');
for (const type of ['dragover', 'dragleave', 'drop']) {
  drop.addEventListener(type, event => {
    event.preventDefault();
    drop.classList.toggle('over', type === 'dragover');
  });
}
drop.addEventListener('drop', event => {
  const [file] = event.dataTransfer.files;
  if (file) {
    hear(file.name, file);
  }
});

let recorder;

at('record').addEventListener('click', async () => {
  if (recorder?.state === 'recording') {
    recorder.stop();
    return;
  }
  try {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    const parts = [];
    recorder = new MediaRecorder(sound);
    recorder.addEventListener('dataavailable', event => parts.push(event.data));
    recorder.addEventListener('stop', () => {
      sound.getTracks().forEach(track => track.stop());
      at('record').textContent = 'Record';
      hear('Your recording', new Blob(parts, { type: recorder.mimeType }));
    });
    recorder.start();
    at('record').textContent = 'Stop';
    say('Recording …');
  } catch (error) {
    say(`The microphone cannot be used: ${error.message}`, true);
  }
});

loading.then(() => say('Ready.'), error => say(error.message, true));
