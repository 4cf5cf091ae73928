import { scan } from './scanner.ts';
import { YamlSyntaxError } from './syntax-error.ts';
import { type TagText, Token, type Tokens, type Version } from './tokens.ts';

export const Event = {
  StreamEnd: 0,
  DocumentStart: 1,
  DocumentEnd: 2,
  SequenceStart: 3,
  SequenceEnd: 4,
  MappingStart: 5,
  MappingEnd: 6,
  Scalar: 7,
  Alias: 8,
} as const;
export type Event = (typeof Event)[keyof typeof Event];

const State = {
  FirstDocument: 0,
  DocumentStart: 1,
  DocumentContent: 2,
  DocumentEnd: 3,
  BlockNode: 4,
  BlockSequenceEntry: 5,
  IndentlessEntry: 6,
  BlockMappingKey: 7,
  BlockMappingValue: 8,
  FlowSequenceFirst: 9,
  FlowSequenceEntry: 10,
  FlowPairKey: 11,
  FlowPairValue: 12,
  FlowPairEnd: 13,
  FlowMappingFirst: 14,
  FlowMappingKey: 15,
  FlowMappingValue: 16,
  FlowMappingEmptyValue: 17,
  End: 18,
} as const;
type State = (typeof State)[keyof typeof State];

/** Prefixes of the tag handles that need no `%TAG` directive. */
const DEFAULT_HANDLES: ReadonlyArray<readonly [string, string]> = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/**
 * Reads a YAML text as a stream of events, with the grammar of libyaml.
 *
 * CloudFormation and the native tool read YAML 1.1. Strict readers of YAML 1.2 refuse much of what templates do, such
 * as a closing bracket in the column of its key or quoted text that goes on further left, and accept what libyaml
 * refuses, such as tabs behind a dash; hence a reader of our own.
 *
 * A pull parser over an explicit stack: nesting costs no JavaScript stack, and nothing is allocated per event. The
 * fields describe the event that {@link next} returned last.
 */
export class EventReader {
  /** UTF-16 offset of the event; a node begins at its tag or anchor when it has one. */
  start = 0;
  /** Text of a scalar, name of an alias. */
  text = '';
  /** Whether a scalar is plain, so that its text decides on its type. */
  isPlain = false;
  /** Resolved tag of a node (`!Ref`, `tag:yaml.org,2002:int`), or null. */
  tag: string | null = null;
  anchor: string | null = null;

  readonly tokens: Tokens;
  #at = 0;
  #state: State = State.FirstDocument;
  readonly #states: State[] = [];
  /** Where the open collections began, for error messages. */
  readonly #opened: number[] = [];
  #handles = new Map<string, string>(DEFAULT_HANDLES);

  /** @param allOfJson see `scan` */
  constructor(text: string, allOfJson = false) {
    this.tokens = scan(text, allOfJson);
  }

  /** @throws {YamlSyntaxError} */
  next(): Event {
    switch (this.#state) {
      case State.FirstDocument:
        return this.#documentStart(true);
      case State.DocumentStart:
        return this.#documentStart(false);
      case State.DocumentContent:
        return this.#documentContent();
      case State.DocumentEnd:
        return this.#documentEnd();
      case State.BlockNode:
        return this.#node(true, false);
      case State.BlockSequenceEntry:
        return this.#blockSequenceEntry();
      case State.IndentlessEntry:
        return this.#indentlessEntry();
      case State.BlockMappingKey:
        return this.#blockMappingKey();
      case State.BlockMappingValue:
        return this.#blockMappingValue();
      case State.FlowSequenceFirst:
        return this.#flowSequenceEntry(true);
      case State.FlowSequenceEntry:
        return this.#flowSequenceEntry(false);
      case State.FlowPairKey:
        return this.#flowPairKey();
      case State.FlowPairValue:
        return this.#flowPairValue();
      case State.FlowPairEnd:
        this.#state = State.FlowSequenceEntry;
        return this.#marker(Event.MappingEnd);
      case State.FlowMappingFirst:
        return this.#flowMappingKey(true);
      case State.FlowMappingKey:
        return this.#flowMappingKey(false);
      case State.FlowMappingValue:
        return this.#flowMappingValue();
      case State.FlowMappingEmptyValue:
        this.#state = State.FlowMappingKey;
        return this.#emptyScalar(this.#tokenStart());
      default:
        return Event.StreamEnd;
    }
  }

  #peek(): Token {
    const tokens = this.tokens;
    if (this.#at >= tokens.failsAt) throw tokens.failure;
    return tokens.kind(this.#at);
  }

  #tokenStart(): number {
    this.#peek();
    return this.tokens.start(this.#at);
  }

  /** An event without content, at the next token. */
  #marker(event: Event): Event {
    this.start = this.#tokenStart();
    return event;
  }

  /** Ends a collection with the token that closes it. */
  #close(event: Event): Event {
    this.#marker(event);
    this.#at++;
    this.#opened.pop();
    this.#state = this.#states.pop()!;
    return event;
  }

  #emptyScalar(start: number): Event {
    this.start = start;
    this.text = '';
    this.isPlain = true;
    this.tag = null;
    this.anchor = null;
    return Event.Scalar;
  }

  #fail(problem: string, context = '', contextAt = -1): never {
    throw new YamlSyntaxError(problem, this.#tokenStart(), context, contextAt);
  }

  #documentStart(isFirst: boolean): Event {
    if (!isFirst) while (this.#peek() === Token.DocumentEnd) this.#at++;
    const kind = this.#peek();
    if (kind === Token.StreamEnd) {
      this.#state = State.End;
      return this.#marker(Event.StreamEnd);
    }
    this.#marker(Event.DocumentStart);
    this.#states.push(State.DocumentEnd);
    const isExplicit =
      kind === Token.VersionDirective || kind === Token.TagDirective || kind === Token.DocumentStart;
    if (isFirst && !isExplicit) {
      this.#state = State.BlockNode;
      return Event.DocumentStart;
    }
    this.#directives();
    if (this.#peek() !== Token.DocumentStart) this.#fail('did not find expected <document start>');
    this.#at++;
    this.#state = State.DocumentContent;
    return Event.DocumentStart;
  }

  #directives(): void {
    const declared = new Map<string, string>();
    let hasVersion = false;
    for (;;) {
      const kind = this.#peek();
      if (kind === Token.VersionDirective) {
        if (hasVersion) this.#fail('found duplicate %YAML directive');
        const { major, minor } = this.tokens.payloads[this.#at] as Version;
        if (major !== 1 || (minor !== 1 && minor !== 2)) this.#fail('found incompatible YAML document');
        hasVersion = true;
      } else if (kind === Token.TagDirective) {
        const { handle, suffix } = this.tokens.payloads[this.#at] as TagText;
        if (declared.has(handle)) this.#fail('found duplicate %TAG directive');
        declared.set(handle, suffix);
      } else break;
      this.#at++;
    }
    this.#handles = new Map([...DEFAULT_HANDLES, ...declared]);
  }

  #documentContent(): Event {
    const kind = this.#peek();
    // Everything up to the end mark that no node can begin with.
    if (kind <= Token.DocumentEnd) {
      this.#state = this.#states.pop()!;
      return this.#emptyScalar(this.#tokenStart());
    }
    return this.#node(true, false);
  }

  #documentEnd(): Event {
    this.#marker(Event.DocumentEnd);
    if (this.#peek() === Token.DocumentEnd) this.#at++;
    this.#handles = new Map(DEFAULT_HANDLES);
    this.#state = State.DocumentStart;
    return Event.DocumentEnd;
  }

  #node(isBlock: boolean, mayBeIndentless: boolean): Event {
    const { payloads } = this.tokens;
    const start = this.#tokenStart();
    let kind = this.#peek();
    this.start = start;
    this.tag = null;
    this.anchor = null;
    if (kind === Token.Alias) {
      this.text = payloads[this.#at] as string;
      this.#at++;
      this.#state = this.#states.pop()!;
      return Event.Alias;
    }
    if (kind === Token.Anchor || kind === Token.Tag) kind = this.#properties(kind, start);
    if (kind === Token.PlainScalar || kind === Token.OtherScalar) {
      this.text = payloads[this.#at] as string;
      this.isPlain = kind === Token.PlainScalar;
      this.#at++;
      this.#state = this.#states.pop()!;
      return Event.Scalar;
    }
    if (kind === Token.BlockEntry && mayBeIndentless) {
      this.#state = State.IndentlessEntry;
      return Event.SequenceStart;
    }
    if (kind === Token.FlowSequenceStart) return this.#open(Event.SequenceStart, State.FlowSequenceFirst);
    if (kind === Token.FlowMappingStart) return this.#open(Event.MappingStart, State.FlowMappingFirst);
    if (isBlock && kind === Token.BlockSequenceStart)
      return this.#open(Event.SequenceStart, State.BlockSequenceEntry);
    if (isBlock && kind === Token.BlockMappingStart)
      return this.#open(Event.MappingStart, State.BlockMappingKey);
    if (this.tag === null && this.anchor === null)
      this.#fail(
        'did not find expected node content',
        isBlock ? 'while parsing a block node' : 'while parsing a flow node',
        start,
      );
    this.text = '';
    this.isPlain = true;
    this.#state = this.#states.pop()!;
    return Event.Scalar;
  }

  #open(event: Event, state: State): Event {
    this.#opened.push(this.#tokenStart());
    this.#at++;
    this.#state = state;
    return event;
  }

  /** Reads an anchor and a tag, in any order, and returns the kind of the token behind them. */
  #properties(first: Token, start: number): Token {
    let kind = first;
    let tagAt = -1;
    for (let count = 0; count < 2; count++) {
      if (kind === Token.Anchor && this.anchor === null)
        this.anchor = this.tokens.payloads[this.#at] as string;
      else if (kind === Token.Tag && tagAt === -1) tagAt = this.#at;
      else break;
      this.#at++;
      kind = this.#peek();
    }
    if (tagAt !== -1) this.tag = this.#resolveTag(tagAt, start);
    return kind;
  }

  #resolveTag(at: number, start: number): string {
    const { handle, suffix } = this.tokens.payloads[at] as TagText;
    if (handle === '') return suffix;
    const prefix = this.#handles.get(handle);
    if (prefix === undefined)
      throw new YamlSyntaxError(
        'found undefined tag handle',
        this.tokens.start(at),
        'while parsing a node',
        start,
      );
    return prefix + suffix;
  }

  #blockSequenceEntry(): Event {
    const kind = this.#peek();
    if (kind === Token.BlockEntry) {
      const behind = this.#tokenStart() + 1;
      this.#at++;
      const following = this.#peek();
      this.#state = State.BlockSequenceEntry;
      if (following === Token.BlockEntry || following === Token.BlockEnd) return this.#emptyScalar(behind);
      this.#states.push(State.BlockSequenceEntry);
      return this.#node(true, false);
    }
    if (kind === Token.BlockEnd) return this.#close(Event.SequenceEnd);
    return this.#failIn('while parsing a block collection', "did not find expected '-' indicator");
  }

  #failIn(context: string, problem: string): never {
    this.#fail(problem, context, this.#opened[this.#opened.length - 1]);
  }

  #indentlessEntry(): Event {
    if (this.#peek() !== Token.BlockEntry) {
      this.#state = this.#states.pop()!;
      return this.#marker(Event.SequenceEnd);
    }
    const behind = this.#tokenStart() + 1;
    this.#at++;
    const following = this.#peek();
    this.#state = State.IndentlessEntry;
    if (following === Token.BlockEntry || endsBlockEntry(following)) return this.#emptyScalar(behind);
    this.#states.push(State.IndentlessEntry);
    return this.#node(true, false);
  }

  #blockMappingKey(): Event {
    const kind = this.#peek();
    if (kind === Token.Key) {
      const behind = this.#tokenStart() + 1;
      this.#at++;
      this.#state = State.BlockMappingValue;
      if (endsBlockEntry(this.#peek())) return this.#emptyScalar(behind);
      this.#states.push(State.BlockMappingValue);
      return this.#node(true, true);
    }
    if (kind === Token.BlockEnd) return this.#close(Event.MappingEnd);
    return this.#failIn('while parsing a block mapping', 'did not find expected key');
  }

  #blockMappingValue(): Event {
    this.#state = State.BlockMappingKey;
    if (this.#peek() !== Token.Value) return this.#emptyScalar(this.#tokenStart());
    const behind = this.#tokenStart() + 1;
    this.#at++;
    if (endsBlockEntry(this.#peek())) return this.#emptyScalar(behind);
    this.#states.push(State.BlockMappingKey);
    return this.#node(true, true);
  }

  #flowSequenceEntry(isFirst: boolean): Event {
    let kind = this.#peek();
    if (kind !== Token.FlowSequenceEnd && !isFirst) {
      if (kind !== Token.FlowEntry)
        this.#failIn('while parsing a flow sequence', "did not find expected ',' or ']'");
      this.#at++;
      kind = this.#peek();
    }
    if (kind === Token.FlowSequenceEnd) return this.#close(Event.SequenceEnd);
    if (kind === Token.Key) {
      this.tag = null;
      this.anchor = null;
      this.#marker(Event.MappingStart);
      this.#at++;
      this.#state = State.FlowPairKey;
      return Event.MappingStart;
    }
    this.#states.push(State.FlowSequenceEntry);
    return this.#node(false, false);
  }

  #flowPairKey(): Event {
    const kind = this.#peek();
    if (kind === Token.Value || kind === Token.FlowEntry || kind === Token.FlowSequenceEnd) {
      const behind = this.#tokenStart() + 1;
      this.#at++;
      this.#state = State.FlowPairValue;
      return this.#emptyScalar(behind);
    }
    this.#states.push(State.FlowPairValue);
    return this.#node(false, false);
  }

  #flowPairValue(): Event {
    if (this.#peek() === Token.Value) {
      this.#at++;
      const kind = this.#peek();
      if (kind !== Token.FlowEntry && kind !== Token.FlowSequenceEnd) {
        this.#states.push(State.FlowPairEnd);
        return this.#node(false, false);
      }
    }
    this.#state = State.FlowPairEnd;
    return this.#emptyScalar(this.#tokenStart());
  }

  #flowMappingKey(isFirst: boolean): Event {
    let kind = this.#peek();
    if (kind !== Token.FlowMappingEnd && !isFirst) {
      if (kind !== Token.FlowEntry)
        this.#failIn('while parsing a flow mapping', "did not find expected ',' or '}'");
      this.#at++;
      kind = this.#peek();
    }
    if (kind === Token.FlowMappingEnd) return this.#close(Event.MappingEnd);
    if (kind !== Token.Key) {
      this.#states.push(State.FlowMappingEmptyValue);
      return this.#node(false, false);
    }
    this.#at++;
    kind = this.#peek();
    this.#state = State.FlowMappingValue;
    if (kind === Token.Value || kind === Token.FlowEntry || kind === Token.FlowMappingEnd)
      return this.#emptyScalar(this.#tokenStart());
    this.#states.push(State.FlowMappingValue);
    return this.#node(false, false);
  }

  #flowMappingValue(): Event {
    this.#state = State.FlowMappingKey;
    if (this.#peek() === Token.Value) {
      this.#at++;
      const kind = this.#peek();
      if (kind !== Token.FlowEntry && kind !== Token.FlowMappingEnd) {
        this.#states.push(State.FlowMappingKey);
        return this.#node(false, false);
      }
    }
    return this.#emptyScalar(this.#tokenStart());
  }
}

function endsBlockEntry(kind: Token): boolean {
  return kind === Token.Key || kind === Token.Value || kind === Token.BlockEnd;
}
