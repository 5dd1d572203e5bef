import * as api from './api.js';
import { emotionName, percent, say } from './messages.js';
import { decode } from './sound.js';

/** Only so many are sent at once, so that a folder of files is not refused. */
const AT_ONCE = 2;
const OPTIONS = { timeline: true };

/** Server's explanations take many runs of the model, so only short clips are explained. */
export const LONGEST_EXPLAINED_SECONDS = 30;

/**
 * The recordings of this visit, and those that the server keeps. An entry has a status (waiting,
 * sending, queued, running, done, failed), and, as they become known, file, id, result, problem,
 * progress, sound, correction.
 */
export class Recordings {
  entries = [];
  selected = null;
  next = null;
  server = null;
  #keys = 0;
  #active = 0;

  /** @param changed is called whenever anything has; tell with what a screen reader should say */
  constructor(changed, tell) {
    this.changed = changed;
    this.tell = tell;
  }

  /** Takes files in, and sends them one after another. */
  add(files) {
    const fresh = [...files].map(file => ({ key: `r${this.#keys++}`, name: file.name, file, status: 'waiting' }));
    this.entries.unshift(...fresh.toReversed());
    if (fresh.length) {
      this.selected = fresh[0];
    }
    this.changed();
    this.#work();
  }

  select(entry) {
    this.selected = entry;
    this.changed();
    this.#fill(entry);
  }

  retry(entry) {
    Object.assign(entry, { status: 'waiting', problem: null });
    this.changed();
    this.#work();
  }

  /** Forgets an entry, here and on the server. */
  async remove(entry) {
    entry.abort?.abort();
    if (entry.id) {
      await api.remove(entry.id).catch(problem => {
        if (problem.code !== 'not-found') {
          throw problem;
        }
      });
    }
    const place = this.entries.indexOf(entry);
    this.entries.splice(place, 1);
    if (this.selected === entry) {
      this.selected = this.entries[Math.min(place, this.entries.length - 1)] ?? null;
      if (this.selected) {
        this.#fill(this.selected);
      }
    }
    this.tell(say('told.removed', { file: entry.name }));
    this.changed();
  }

  /** Adds the next page of what the server keeps. */
  async loadKept() {
    if (!this.server.history) {
      return;
    }
    const page = await api.list(this.next);
    this.next = page.next ?? null;
    for (const kept of page.analyses) {
      if (!this.entries.some(entry => entry.id === kept.id)) {
        this.entries.push({ key: kept.id, kept: true, ...this.#ofResource(kept), whole: false });
      }
    }
    this.changed();
  }

  #ofResource(resource) {
    return {
      id: resource.id, name: resource.file, status: resource.status, createdAt: resource.createdAt,
      progress: resource.progress, result: resource.result, problem: resource.error,
      correction: resource.correction ?? null, hasAudio: resource.hasAudio,
    };
  }

  /** Fetches what a listing leaves out, and the sound. */
  async #fill(entry) {
    if (!entry.kept || entry.whole) {
      return;
    }
    entry.whole = true;
    try {
      Object.assign(entry, this.#ofResource(await api.find(entry.id)));
      this.changed();
      if (entry.status === 'queued' || entry.status === 'running') {
        await this.#follow(entry);
      }
      if (entry.hasAudio && !entry.file) {
        const blob = await api.audio(entry.id);
        entry.file = new File([blob], entry.name, { type: blob.type });
        await this.#draw(entry);
      }
    } catch (problem) {
      entry.whole = false;
      entry.problem = problem;
    }
    this.changed();
  }

  async #work() {
    while (this.#active < AT_ONCE) {
      const entry = this.entries.findLast(some => some.status === 'waiting');
      if (!entry) {
        return;
      }
      this.#active++;
      this.#analyse(entry).finally(() => {
        this.#active--;
        this.#work();
      });
    }
  }

  async #analyse(entry) {
    entry.status = 'sending';
    entry.abort = new AbortController();
    this.changed();
    if (!entry.sound) {
      this.#draw(entry);
    }
    try {
      const { job, result } = await api.analyse(entry.file, OPTIONS, entry.abort.signal);
      if (job) {
        Object.assign(entry, this.#ofResource(job), { createdAt: job.createdAt });
        this.changed();
        await this.#follow(entry);
      } else {
        Object.assign(entry, { status: 'done', result, id: result.id, createdAt: new Date().toISOString() });
      }
      if (entry.status === 'done') {
        this.tell(say('told.done', {
          file: entry.name, emotion: emotionName(entry.result.emotion), confidence: percent(entry.result.confidence),
        }));
      }
    } catch (problem) {
      if (problem.name === 'AbortError') {
        return;
      }
      Object.assign(entry, { status: 'failed', problem });
    }
    this.changed();
  }

  /** Hears of a job until it is over; what is known of its timeline is drawn at once. */
  async #follow(entry) {
    entry.abort ??= new AbortController();
    const timeline = [];
    await api.follow(entry.id, (event, data) => {
      if (event === 'progress') {
        Object.assign(entry, { status: 'running', progress: data });
      } else if (event === 'segment') {
        timeline.push(data);
        entry.heard = [...timeline];
      } else if (event === 'done') {
        Object.assign(entry, this.#ofResource(data));
      } else if (event === 'failed') {
        Object.assign(entry, { status: 'failed', problem: data });
      }
      this.changed();
    }, entry.abort.signal);
    if (entry.status === 'queued' || entry.status === 'running') {
      throw new api.Problem('unreachable', '');
    }
  }

  async #draw(entry) {
    try {
      entry.sound = await decode(entry.file);
    } catch {
      entry.sound = 'undecodable';
    }
    this.changed();
  }

  /** Asks what the scores owe to which moment. */
  async explain(entry) {
    Object.assign(entry, { explaining: true, explainProblem: null });
    this.changed();
    try {
      const { result } = await api.analyse(entry.file, { ...OPTIONS, explain: true });
      const { attention, occlusion } = result;
      entry.result = { ...entry.result, attention, occlusion };
      entry.overlay = attention.explains ? 'attention' : 'occlusion';
      if (result.id && result.id !== entry.id) {
        // With a history this was kept as an analysis of its own; nobody wants it twice.
        await api.remove(result.id);
      }
    } catch (problem) {
      entry.explainProblem = problem;
    }
    entry.explaining = false;
    this.changed();
  }

  show(entry, overlay) {
    entry.overlay = overlay;
    this.changed();
  }

  async correct(entry, correction) {
    entry.correction = (await api.correct(entry.id, correction)).correction;
    this.tell(say('told.corrected', { emotion: emotionName(correction.emotion) }));
    this.changed();
  }

  async uncorrect(entry) {
    await api.uncorrect(entry.id);
    entry.correction = null;
    this.tell(say('told.uncorrected'));
    this.changed();
  }

  results = () => this.entries.filter(entry => entry.result).map(entry => entry.result);
}
