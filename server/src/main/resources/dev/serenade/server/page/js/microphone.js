/** The microphone, and what is made of its samples. */

const WANTED_RATE = 16000;

/** Opens the microphone; hear(Float32Array) is called about ten times a second until close(). */
export async function openMicrophone(hear) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw Object.assign(new Error('no microphone here'), { name: 'NotSupportedError' });
  }
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  try {
    return await listenTo(stream, WANTED_RATE, hear);
  } catch {
    try {
      // Some browsers do not change the rate of a microphone; the server does.
      return await listenTo(stream, undefined, hear);
    } catch (failure) {
      stream.getTracks().forEach(track => track.stop());
      throw failure;
    }
  }
}

async function listenTo(stream, sampleRate, hear) {
  const context = new AudioContext(sampleRate ? { sampleRate } : {});
  try {
    await context.audioWorklet.addModule('/page/js/capture-worklet.js');
    const source = context.createMediaStreamSource(stream);
    const capture = new AudioWorkletNode(context, 'serenade-capture', { numberOfOutputs: 0 });
    capture.port.onmessage = event => hear(event.data);
    source.connect(capture);
    await context.resume();
    return {
      rate: context.sampleRate,
      close() {
        capture.port.onmessage = null;
        source.disconnect();
        stream.getTracks().forEach(track => track.stop());
        return context.close();
      },
    };
  } catch (failure) {
    await context.close();
    throw failure;
  }
}

/** Returns samples in [-1, 1] as 16-bit ones. */
export function toPcm16(samples) {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    pcm[i] = Math.round(Math.max(-1, Math.min(1, samples[i])) * 32767);
  }
  return pcm;
}

/** Returns how loud samples are, from 0 to 1 in equal steps of decibels, for a level meter. */
export function levelOf(samples) {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return Math.max(0, 1 + 20 * Math.log10(peak) / 60);
}

/** Returns pieces of 16-bit sound as a WAV file. */
export function wavFile(pieces, rate, name) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const header = new DataView(new ArrayBuffer(44));
  const text = (offset, value) => [...value].forEach((c, i) => header.setUint8(offset + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  header.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, 'data');
  header.setUint32(40, bytes, true);
  return new File([header, ...pieces], name, { type: 'audio/wav' });
}
