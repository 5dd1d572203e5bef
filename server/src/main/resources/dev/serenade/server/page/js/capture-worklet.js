/** Hands on what the microphone hears, about ten times a second. */
class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Float32Array(Math.round(sampleRate / 10));
    this.filled = 0;
  }

  process([channels]) {
    const sound = channels?.[0];
    for (let i = 0; sound && i < sound.length; i++) {
      this.samples[this.filled++] = sound[i];
      if (this.filled === this.samples.length) {
        this.port.postMessage(this.samples.slice());
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('serenade-capture', Capture);
