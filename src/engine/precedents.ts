import { makeValue, type Value } from '../value/value.ts';
import type { Verdicts } from './evaluate.ts';
import { Subject } from './subject.ts';

/*
 * Most rule files find none of their resources in most templates, and then say the same about all of them. So a program
 * is first run on an outline of the document: the names of its sections, of which nothing can be looked into, without
 * any resource. If that is enough for a verdict, it is a precedent for every document that gives the same answers.
 */

/** Runs a program on a subject in the first tier; `now` as in `EvaluationOptions`. */
type RunOn = (subject: Subject, now: () => number) => Verdicts;

/** Runs on outlines, after which a program is taken for one that looks into its documents anyway. */
const MOST_OUTLINES = 8;

/** What is known of one program. */
export class Precedents {
  readonly #known: Precedent[] = [];
  /** What was found among them, by the sections of the documents that it was found for. */
  readonly #found = new Map<string, Verdicts>();
  /** All types that were asked for: where one of them is there, no precedent is relied on. */
  readonly types: string[] = [];
  #outlines = 0;

  /**
   * The verdicts of a document that is not looked into.
   *
   * @returns undefined when they depend on what is in its resources or other sections, or an error has to be raised
   */
  verdictsOn(subject: Subject, run: RunOn): Verdicts | undefined {
    if (!subject.hasNoneOf(this.types)) return undefined;
    const { sections } = subject;
    const known =
      this.#found.get(sections) ?? this.#covering(subject)?.verdicts ?? this.#judgeOutline(subject, run);
    if (known !== undefined) this.#found.set(sections, known);
    return known;
  }

  #covering(subject: Subject): Precedent | undefined {
    return this.#known.find((precedent) => precedent.covers(subject));
  }

  #judgeOutline(subject: Subject, run: RunOn): Verdicts | undefined {
    if (this.#outlines === MOST_OUTLINES) return undefined;
    this.#outlines++;
    const sections = new Map<string, boolean>();
    try {
      const verdicts = run(new Outline(subject, sections, this.types), unseen);
      this.#known.push(new Precedent(sections, verdicts));
      return verdicts;
    } catch {
      // Whatever it was, the run on the document itself will tell.
      return undefined;
    }
  }
}

/** Verdicts, and what they are owed to besides the absence of types. */
class Precedent {
  readonly verdicts: Verdicts;
  readonly #sections: readonly (readonly [name: string, isThere: boolean])[];

  constructor(sections: ReadonlyMap<string, boolean>, verdicts: Verdicts) {
    this.verdicts = verdicts;
    this.#sections = [...sections];
  }

  covers({ root }: Subject): boolean {
    for (const [name, isThere] of this.#sections) if (hasSection(root, name) !== isThere) return false;
    return true;
  }
}

function hasSection(root: Value, name: string): boolean {
  return root.kind === 'map' && root.value.get(name) !== undefined;
}

/** Notes what it is asked, and raises an error when that is more than it may tell. */
class Outline extends Subject {
  readonly #document: Subject;
  readonly #types: string[];

  constructor(document: Subject, sections: Map<string, boolean>, types: string[]) {
    super(outlineOf(document.root, sections));
    this.#document = document;
    this.#types = types;
  }

  override resourcesOfTypes(types: readonly string[]): readonly Value[] {
    for (const type of types) if (!this.#types.includes(type)) this.#types.push(type);
    return this.#document.hasNoneOf(types) ? [] : unseen();
  }
}

function outlineOf(root: Value, sections: Map<string, boolean>): Value {
  if (root.kind !== 'map') return unseen();
  const get = (name: string): Value | undefined => {
    const isThere = hasSection(root, name);
    sections.set(name, isThere);
    return isThere ? UNSEEN : undefined;
  };
  const entries = new Proxy(root.value, { get: (_, property) => (property === 'get' ? get : unseen()) });
  return makeValue('map', entries, null, null, root.start, root.source);
}

/** Stands for a value that is there, and can be told from one that is missing, but nothing else. */
const UNSEEN = new Proxy({} as Value, { get: unseen });

function unseen(): never {
  throw new Unseen();
}

/** No error of the rules: an outline does not suffice. */
class Unseen {}
