/** How emotions look: a colour (in page.css), and a mark and a dash, as colour alone tells too little. */

const STYLES = {
  angry: 'a', happy: 'b', neutral: 'c', sad: 'd', fearful: 'e', fear: 'e', disgusted: 'f', disgust: 'f',
  surprised: 'g', surprise: 'g', calm: 'h', bored: 'h', boredom: 'h', excited: 'b', frustrated: 'a',
};
const MARKS = { a: '▲', b: '●', c: '■', d: '▼', e: '◆', f: '✚', g: '★', h: '○' };
const DASHES = { a: [], b: [7, 4], c: [2, 3], d: [11, 4, 2, 4], e: [4, 4], f: [14, 4], g: [1, 4], h: [8, 2, 2, 2] };

/** Returns the letter of an emotion's style; labels of other models get the ones that are free. */
export function styleOf(label, labels = []) {
  if (STYLES[label]) {
    return STYLES[label];
  }
  const used = new Set(labels.map(some => STYLES[some]));
  const free = Object.keys(MARKS).filter(style => !used.has(style));
  const place = labels.filter(some => !STYLES[some]).indexOf(label);
  return free.length ? free[Math.max(0, place) % free.length] : 'c';
}

export const markOf = (label, labels) => MARKS[styleOf(label, labels)];
export const dashOf = (label, labels) => DASHES[styleOf(label, labels)];
export const colourOf = (label, labels) => cssColour(`--emotion-${styleOf(label, labels)}`);

const probe = document.createElement('span');
probe.hidden = true;

/** Returns a colour of the theme that holds now, as a canvas takes it. */
export function cssColour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}
