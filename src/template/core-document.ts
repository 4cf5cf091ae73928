import { Event, type EventReader } from './yaml/event-reader.ts';
import { YamlSyntaxError } from './yaml/syntax-error.ts';

/** One event, kept so that an alias can read it again. */
export interface RecordedEvent {
  readonly event: Event;
  readonly start: number;
  readonly text: string;
  readonly isPlain: boolean;
  readonly tag: string | null;
  /** For an alias: index of the event that its anchor names. */
  readonly target: number;
}

/** The events of the first document of a text, up to its end or to the first error. */
export interface CoreDocument {
  readonly events: readonly RecordedEvent[];
  readonly failure: YamlSyntaxError | null;
}

/** Reads the events of the first document; null when there is none. */
export function recordDocument(reader: EventReader): CoreDocument | null {
  const events: RecordedEvent[] = [];
  const anchors = new Map<string, number>();
  try {
    if (reader.next() === Event.StreamEnd) return null;
    for (let event = reader.next(); event !== Event.DocumentEnd; event = reader.next()) {
      let target = -1;
      if (event === Event.Alias) {
        target = anchors.get(reader.text) ?? -1;
        if (target === -1) throw new YamlSyntaxError('unknown anchor', reader.start);
      } else if (startsNode(event) && reader.anchor !== null) {
        anchors.set(reader.anchor, events.length);
      }
      events.push(record(reader, event, target));
    }
  } catch (error) {
    if (error instanceof YamlSyntaxError) return { events, failure: error };
    throw error;
  }
  return { events, failure: null };
}

function startsNode(event: Event): boolean {
  return event === Event.Scalar || event === Event.SequenceStart || event === Event.MappingStart;
}

function record(reader: EventReader, event: Event, target: number): RecordedEvent {
  const isNode = startsNode(event);
  const { start, text, isPlain, tag } = reader;
  return { event, start, text, isPlain, tag: isNode ? tag : null, target };
}
