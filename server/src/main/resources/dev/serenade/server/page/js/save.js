/** Results as files. */

const clockOf = seconds => {
  const ms = Math.round(seconds * 1000);
  const two = value => String(value).padStart(2, '0');
  return `${two(Math.floor(ms / 3600000))}:${two(Math.floor(ms / 60000) % 60)}:${two(Math.floor(ms / 1000) % 60)}`
    + `.${String(ms % 1000).padStart(3, '0')}`;
};

const cell = value => /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/** Returns the results as CSV: a row per segment, or per recording without a timeline. */
export function csv(results) {
  const labels = [...new Set(results.flatMap(result => Object.keys(result.scores)))];
  const rows = results.flatMap(result =>
    (result.timeline?.length ? result.timeline : [{ ...result, startSeconds: 0, endSeconds: result.durationSeconds }])
      .map(part => [result.file, part.startSeconds, part.endSeconds, part.emotion, part.confidence, part.abstained,
        ...labels.map(label => part.scores[label] ?? '')]));
  return [['file', 'startSeconds', 'endSeconds', 'emotion', 'confidence', 'abstained', ...labels], ...rows]
    .map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Returns the timeline as WebVTT captions, as serenade predict writes them. */
export function webVtt(result) {
  const parts = result.timeline?.length ? result.timeline
    : [{ ...result, startSeconds: 0, endSeconds: result.durationSeconds }];
  const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `WEBVTT\n\n${parts.map(part =>
    `${clockOf(part.startSeconds)} --> ${clockOf(part.endSeconds)}\n`
    + `${escaped(part.abstained ? 'unsure' : part.emotion)} ${Math.round(100 * part.confidence)} %\n\n`).join('')}`;
}

export const jsonText = value => `${JSON.stringify(value, null, 2)}\n`;

/** Lets the browser save a text as a file. */
export function save(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export const baseName = file => file.replace(/\.[^.]{1,5}$/, '') || 'recording';
