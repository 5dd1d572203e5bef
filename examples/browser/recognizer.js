import * as ort from './node_modules/onnxruntime-web/dist/ort.wasm.min.mjs';
import { metadata } from './metadata.js';

ort.env.wasm.wasmPaths = new URL('./node_modules/onnxruntime-web/dist/', import.meta.url).href;
// More threads need headers that plain servers do not send.
ort.env.wasm.numThreads = globalThis.crossOriginIsolated ? navigator.hardwareConcurrency : 1;

/** A model that `serenade export --standard-ops` wrote, and what it says of speech. */
export class Recognizer {
  #session;

  constructor(session, labels, sampleRate) {
    this.#session = session;
    this.labels = labels;
    this.sampleRate = sampleRate;
  }

  static async load(address) {
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(`cannot load ${address}: expected status 200, found ${response.status}`);
    }
    const file = new Uint8Array(await response.arrayBuffer());
    const facts = metadata(file);
    if (!facts.labels || !facts.sample_rate) {
      throw new Error(`${address}: expected a model with labels and a sample rate, found neither`);
    }
    const session = await ort.InferenceSession.create(file, { logSeverityLevel: 3 });
    return new Recognizer(session, JSON.parse(facts.labels), Number(facts.sample_rate));
  }

  /** Decodes a file to the first 30 s of its samples, the mean of its channels. */
  async decode(bytes) {
    const sound = await new OfflineAudioContext(1, 1, this.sampleRate).decodeAudioData(bytes);
    const length = Math.min(sound.length, 30 * this.sampleRate);
    const samples = new Float32Array(length);
    for (let channel = 0; channel < sound.numberOfChannels; channel++) {
      const from = sound.getChannelData(channel);
      for (let i = 0; i < length; i++) {
        samples[i] += from[i] / sound.numberOfChannels;
      }
    }
    return samples;
  }

  /** Returns [label, probability] pairs, in the model's order. */
  async recognize(samples) {
    if (samples.length === 0) {
      throw new Error('expected some sound, found none');
    }
    const waveform = new ort.Tensor('float32', samples, [1, samples.length]);
    const { probabilities } = await this.#session.run({ waveform }, ['probabilities']);
    return this.labels.map((label, i) => [label, probabilities.data[i]]);
  }
}
