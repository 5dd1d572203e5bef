/** What the browser itself can make of a recording: its shape, and its spectrum. */

const RATE = 16000;
const LARGEST_BYTES = 100 * 2 ** 20;
const LONGEST_SPECTRUM_SECONDS = 600;
const PEAKS = 4000;
const FFT = 512;

/** Returns {seconds, peaks, samples?}, or throws if this browser cannot decode the sound. */
export async function decode(blob) {
  if (blob.size > LARGEST_BYTES) {
    throw new Error('too large to be drawn here');
  }
  const context = new OfflineAudioContext(1, 1, RATE);
  const buffer = await context.decodeAudioData(await blob.arrayBuffer());
  const samples = new Float32Array(buffer.length);
  for (let c = 0; c < buffer.numberOfChannels; c++) {
    const channel = buffer.getChannelData(c);
    for (let i = 0; i < samples.length; i++) {
      samples[i] += channel[i] / buffer.numberOfChannels;
    }
  }
  return {
    seconds: buffer.duration,
    peaks: peaksOf(samples),
    samples: buffer.duration <= LONGEST_SPECTRUM_SECONDS ? samples : null,
  };
}

function peaksOf(samples) {
  const count = Math.min(PEAKS, samples.length);
  const peaks = new Float32Array(count);
  for (let p = 0; p < count; p++) {
    const end = Math.floor((p + 1) * samples.length / count);
    for (let i = Math.floor(p * samples.length / count); i < end; i++) {
      peaks[p] = Math.max(peaks[p], Math.abs(samples[i]));
    }
  }
  return peaks;
}

const HANN = Float32Array.from({ length: FFT }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FFT));

/** Returns decibels below the loudest, columns x 256 from 0 to 8 kHz, each from -80 to 0. */
export function spectrum(samples, columns) {
  const bins = FFT / 2;
  const decibels = new Float32Array(columns * bins);
  const re = new Float32Array(FFT);
  const im = new Float32Array(FFT);
  let loudest = -Infinity;
  for (let c = 0; c < columns; c++) {
    const start = Math.round((c + 0.5) * samples.length / columns - FFT / 2);
    for (let i = 0; i < FFT; i++) {
      re[i] = (samples[start + i] ?? 0) * HANN[i];
    }
    im.fill(0);
    transform(re, im);
    for (let b = 0; b < bins; b++) {
      const level = 10 * Math.log10(re[b] * re[b] + im[b] * im[b] + 1e-12);
      decibels[c * bins + b] = level;
      loudest = Math.max(loudest, level);
    }
  }
  return decibels.map(level => Math.max(-80, level - loudest));
}

/** Fast Fourier transform in place, radix 2. */
function transform(re, im) {
  for (let i = 1, j = 0; i < FFT; i++) {
    let bit = FFT >> 1;
    for (; j & bit; bit >>= 1) {
      j ^= bit;
    }
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let size = 2; size <= FFT; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos(-2 * Math.PI * k / size);
      const sin = Math.sin(-2 * Math.PI * k / size);
      for (let i = k; i < FFT; i += size) {
        const r = re[i + half] * cos - im[i + half] * sin;
        const m = re[i + half] * sin + im[i + half] * cos;
        re[i + half] = re[i] - r;
        im[i + half] = im[i] - m;
        re[i] += r;
        im[i] += m;
      }
    }
  }
}
