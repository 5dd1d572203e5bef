/** What the page says, in the reader's language. Every text is in messages/<code>.json. */

let language = { code: 'en', name: 'English', direction: 'ltr' };
let languages = [language];
let texts = {};
let english = {};

async function read(name) {
  const answer = await fetch(`/page/messages/${name}.json`);
  if (!answer.ok) {
    throw new Error(`/page/messages/${name}.json: status ${answer.status}`);
  }
  return answer.json();
}

/** Reads the list of languages, and picks the one last chosen, or the browser's. */
export async function loadMessages() {
  languages = await read('languages');
  english = await read('en');
  const wanted = [remembered(), ...navigator.languages.map(tag => tag.split('-')[0]), 'en'];
  const code = wanted.find(some => languages.some(known => known.code === some));
  await choose(code);
}

function remembered() {
  try {
    return localStorage.getItem('serenade.language');
  } catch {
    return null;
  }
}

/** Changes the language, and remembers it. */
export async function chooseLanguage(code) {
  await choose(code);
  try {
    localStorage.setItem('serenade.language', code);
  } catch {
    // It holds for this visit.
  }
}

async function choose(code) {
  texts = code === 'en' ? english : await read(code);
  language = languages.find(known => known.code === code);
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.direction;
}

export const currentLanguage = () => language;
export const knownLanguages = () => languages;

/** Returns a text with its {places} filled; English where a translation lacks it. */
export function say(key, values = {}) {
  const text = texts[key] ?? english[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name) => name in values ? values[name] : place);
}

export const canSay = key => key in texts || key in english;

/** Returns the text for a count: key.one, key.other, ... as the language needs. */
export function sayCount(key, count) {
  const form = `${key}.${new Intl.PluralRules(language.code).select(count)}`;
  return say(canSay(form) ? form : `${key}.other`, { count: number(count) });
}

export const emotionName = label => canSay(`emotion.${label}`) ? say(`emotion.${label}`) : label;

export function number(value, digits = 0) {
  return new Intl.NumberFormat(language.code, {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(value);
}

export const percent = (value, digits = 0) =>
  new Intl.NumberFormat(language.code, { style: 'percent', maximumFractionDigits: digits }).format(value);

/** Returns a limit in words: 4 hours, 90 seconds. */
export function howLong(seconds) {
  const [unit, size] = seconds >= 7200 ? ['hour', 3600] : seconds >= 120 ? ['minute', 60] : ['second', 1];
  return new Intl.NumberFormat(language.code, {
    style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1,
  }).format(seconds / size);
}

/** Returns seconds as a clock shows them: 0:07.4, or 1:02:07. */
export function clock(seconds, digits = 0) {
  const whole = Math.max(0, digits ? Math.floor(seconds * 10) / 10 : Math.floor(seconds));
  const two = new Intl.NumberFormat(language.code, {
    minimumIntegerDigits: 2, minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = two.format(whole % 60);
  return hours ? `${number(hours)}:${two.format(minutes).split(/[.٫]/)[0]}:${rest}` : `${number(minutes)}:${rest}`;
}

export const dateAndTime = iso =>
  new Intl.DateTimeFormat(language.code, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
