import { colourOf, cssColour, dashOf } from './emotions.js';
import { emotionName, percent } from './messages.js';
import { spectrum } from './sound.js';

/** Makes a canvas as fine as the screen; returns its context, to be used in CSS pixels. */
export function prepare(canvas) {
  const { width, height } = canvas.getBoundingClientRect();
  const fine = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.max(1, Math.round(width * fine));
  canvas.height = Math.max(1, Math.round(height * fine));
  const pen = canvas.getContext('2d');
  pen.scale(fine, fine);
  pen.clearRect(0, 0, width, height);
  return { pen, width, height };
}

/** Draws peaks as bars around the middle. */
export function drawWave(canvas, peaks) {
  const { pen, width, height } = prepare(canvas);
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 0.05);
  const step = 3;
  pen.fillStyle = cssColour('--wave');
  for (let x = 0; x < width; x += step) {
    let peak = 0;
    const end = Math.max(Math.floor((x + step) * peaks.length / width), Math.floor(x * peaks.length / width) + 1);
    for (let i = Math.floor(x * peaks.length / width); i < end && i < peaks.length; i++) {
      peak = Math.max(peak, peaks[i]);
    }
    const tall = Math.max(1.5, peak / loudest * (height - 10));
    pen.fillRect(x, (height - tall) / 2, 2, tall);
  }
}

/** Draws where attention lies: the higher the line, the more of it. */
export function drawAttention(canvas, attention, seconds) {
  const { pen, width, height } = prepare(canvas);
  const { weights, frameSeconds } = attention;
  const most = weights.reduce((peak, weight) => Math.max(peak, weight), 1e-9);
  pen.beginPath();
  pen.moveTo(0, height);
  weights.forEach((weight, i) => {
    const y = height - weight / most * (height - 6);
    pen.lineTo(i * frameSeconds / seconds * width, y);
    pen.lineTo((i + 1) * frameSeconds / seconds * width, y);
  });
  pen.lineTo(weights.length * frameSeconds / seconds * width, height);
  finish(pen, cssColour('--overlay'), 0.28);
}

/** Draws what the score loses where a moment is silenced: up, it speaks for the emotion; down, against. */
export function drawOcclusion(canvas, occlusion, seconds) {
  const { pen, width, height } = prepare(canvas);
  const { changes, stepSeconds } = occlusion;
  const most = changes.reduce((peak, change) => Math.max(peak, Math.abs(change)), 1e-9);
  const middle = height / 2;
  changes.forEach((change, i) => {
    const x = i * stepSeconds / seconds * width;
    const wide = Math.max(1, stepSeconds / seconds * width - 1);
    const tall = Math.abs(change) / most * (middle - 4);
    pen.fillStyle = cssColour(change > 0 ? '--overlay' : '--against');
    pen.globalAlpha = 0.45;
    pen.fillRect(x, change > 0 ? middle - tall : middle, wide, tall);
    pen.globalAlpha = 1;
    pen.fillRect(x, change > 0 ? middle - tall - 1 : middle + tall - 1, wide, 2);
  });
}

function finish(pen, colour, alpha) {
  pen.closePath();
  pen.fillStyle = colour;
  pen.globalAlpha = alpha;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.stroke();
}

/** Dark to bright in equal steps of lightness, so that it reads without colour, too. */
const HEAT = [[13, 14, 33], [61, 32, 104], [137, 48, 115], [209, 74, 92], [246, 138, 72], [252, 235, 168]];

/** Draws the spectrum from 0 to 8 kHz, low at the bottom. */
export function drawSpectrum(canvas, samples) {
  const { width } = canvas.getBoundingClientRect();
  const columns = Math.max(1, Math.min(1200, Math.round(width)));
  const bins = 256;
  const decibels = spectrum(samples, columns);
  canvas.width = columns;
  canvas.height = bins;
  const pen = canvas.getContext('2d');
  const image = pen.createImageData(columns, bins);
  for (let x = 0; x < columns; x++) {
    for (let b = 0; b < bins; b++) {
      const place = (1 + decibels[x * bins + b] / 80) * (HEAT.length - 1);
      const low = Math.min(HEAT.length - 2, Math.floor(place));
      const at = ((bins - 1 - b) * columns + x) * 4;
      for (let c = 0; c < 3; c++) {
        image.data[at + c] = HEAT[low][c] + (place - low) * (HEAT[low + 1][c] - HEAT[low][c]);
      }
      image.data[at + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
}

/** Draws the scores of the last seconds, a line for each emotion. */
export function drawChart(canvas, windows, labels, shownSeconds) {
  const { pen, width, height } = prepare(canvas);
  const top = 10;
  const bottom = height - 8;
  const right = width - 84;
  const end = windows.at(-1)?.endSeconds ?? 0;
  const xOf = seconds => (seconds - end + shownSeconds) / shownSeconds * right;
  const yOf = score => bottom - score * (bottom - top);
  pen.strokeStyle = cssColour('--line');
  for (const score of [0, 0.25, 0.5, 0.75, 1]) {
    pen.beginPath();
    pen.moveTo(0, yOf(score));
    pen.lineTo(right, yOf(score));
    pen.stroke();
  }
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillStyle = cssColour('--soft');
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  for (const score of [0.5, 1]) {
    pen.fillText(percent(score), 4, yOf(score) + 3);
  }
  const ends = [];
  for (const label of labels) {
    pen.strokeStyle = colourOf(label, labels);
    pen.setLineDash(dashOf(label, labels));
    pen.lineWidth = 2.25;
    pen.lineJoin = 'round';
    pen.beginPath();
    let drawn = false;
    for (const heard of windows) {
      const x = xOf(heard.endSeconds);
      if (!heard.scores || x < 0) {
        drawn = false;
        continue;
      }
      pen[drawn ? 'lineTo' : 'moveTo'](x, yOf(heard.scores[label]));
      drawn = true;
    }
    pen.stroke();
    const last = windows.at(-1);
    if (last?.scores) {
      ends.push({ label, x: xOf(last.endSeconds), y: yOf(last.scores[label]) });
    }
  }
  pen.setLineDash([]);
  nameEnds(pen, ends, labels, top, bottom);
}

/** Writes each line's emotion at its end, one below the other where lines are close. */
function nameEnds(pen, ends, labels, top, bottom) {
  ends.sort((a, b) => a.y - b.y);
  const apart = 16;
  ends.forEach((end, i) => {
    end.at = Math.max(end.y, i ? ends[i - 1].at + apart : top);
  });
  for (let i = ends.length - 1, most = bottom; i >= 0; i--, most -= apart) {
    ends[i].at = Math.min(ends[i].at, most);
  }
  pen.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'middle';
  pen.textAlign = 'left';
  pen.direction = 'ltr';
  for (const { label, x, y, at } of ends) {
    pen.fillStyle = colourOf(label, labels);
    pen.beginPath();
    pen.arc(x, y, 3.5, 0, 7);
    pen.fill();
    pen.fillStyle = cssColour('--ink');
    pen.fillText(emotionName(label), x + 9, at);
  }
}
