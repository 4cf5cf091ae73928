import { loadTemplates } from '../../template/templates.ts';
import type { MapValue, Value } from '../../value/value.ts';
import { HOOK_EVENTS, type HookEvent } from './hook-event.ts';
import { insertLines, marked } from './marked-lines.ts';

/** Where the command stands in the settings of lefthook. */
type CommandPath = readonly [HookEvent, ...string[]];

function pathFor(event: HookEvent): CommandPath {
  return [event, 'commands', 'ecs-guard-staged'];
}

/**
 * What makes lefthook run a line of shell, as one could write it into its settings.
 *
 * @param notation ending of the name of the settings
 */
export function lefthookSnippet(run: string, notation: string): string[] {
  const paths = HOOK_EVENTS.map(pathFor);
  if (notation === 'toml')
    return paths.flatMap((path) => [`[${path.join('.')}]`, `run = ${JSON.stringify(run)}`]);
  if (/^ya?ml$/.test(notation)) return paths.flatMap((path) => nested(path, run, ''));
  const settings = paths.map((path) => path.reduceRight<object>((inner, key) => ({ [key]: inner }), { run }));
  return JSON.stringify(Object.assign({}, ...settings), null, 2).split('\n');
}

/**
 * Adds our command to lefthook's YAML settings, for all events. Everything else stays as it is, byte for byte: lines are put between
 * those that are there, and the result is read again to see that it says what it said, and the command.
 *
 * @param run a line of shell
 * @returns null when the file is not written in a way that lines can be added to
 */
export function addToLefthook(text: string, run: string): string | null {
  let changed: string | null = text;
  for (const event of HOOK_EVENTS)
    changed = changed === null ? null : addCommand(changed, pathFor(event), run);
  return changed;
}

function addCommand(text: string, path: CommandPath, run: string): string | null {
  const before = read(text);
  if (before === null) return null;
  const changed = insert(text, before.root, path, run);
  if (changed === null) return null;
  const after = read(changed);
  if (after === null || commandIn(after.root, path) !== run) return null;
  return outline(after.root, path) === outline(before.root, path) ? changed : null;
}

/** The root of the only document; undefined when it has no content; null when this is not the YAML we can write to. */
function read(text: string): { readonly root: Value | undefined } | null {
  // With a byte order mark, places would be off by one.
  if (text.startsWith('\ufeff')) return null;
  try {
    const documents = loadTemplates('lefthook.yml', Buffer.from(text));
    return documents.length > 1 ? null : { root: documents[0]?.root };
  } catch {
    // Whatever is wrong with it is for lefthook to say.
    return null;
  }
}

function insert(text: string, root: Value | undefined, path: CommandPath, run: string): string | null {
  if (root === undefined) return insertLines(text, marked(nested(path, run, '')), 'end');
  let map = root;
  for (let depth = 0; depth < path.length; depth++) {
    if (!isBlockMap(map, text)) return null;
    const child = map.value.get(path[depth]!);
    const missing = path.slice(depth);
    if (child === undefined) {
      const place = lineOf(text, map.value.keyStarts[0]!);
      if (place === null) return null;
      const lines = marked(nested(missing, run, '')).map((line) => place.indentation + line);
      return insertLines(text, lines, depth === 0 ? 'end' : place.line);
    }
    if (isEmpty(child)) {
      const place = lineOf(text, map.value.keyStarts[map.value.keys.indexOf(path[depth]!)]!);
      if (place === null) return null;
      const lines = marked(nested(missing.slice(1), run, '')).map((line) => `${place.indentation}  ${line}`);
      return insertLines(text, lines, place.line + 1);
    }
    map = child;
  }
  return null;
}

function nested(keys: readonly string[], run: string, indentation: string): string[] {
  const [key, ...rest] = keys;
  if (key === undefined) return [`${indentation}run: ${scalar(run)}`];
  return [`${indentation}${key}:`, ...nested(rest, run, `${indentation}  `)];
}

/** A double-quoted text of YAML is one of JSON. */
function scalar(text: string): string {
  return /^\w[\w ./-]*$/.test(text) ? text : JSON.stringify(text);
}

function isBlockMap(value: Value, text: string): value is MapValue {
  return value.kind === 'map' && value.value.size > 0 && text[value.start] !== '{';
}

/** `pre-commit:` with nothing behind it. */
function isEmpty(value: Value): boolean {
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

/** The line that a key begins; null when something else does. */
function lineOf(text: string, keyStart: number): { line: number; indentation: string } | null {
  const before = text.slice(0, keyStart).split('\n');
  const indentation = before.at(-1) ?? '';
  return /^ *$/.test(indentation) ? { line: before.length - 1, indentation } : null;
}

function commandIn(root: Value | undefined, path: CommandPath): unknown {
  let value = root;
  for (const key of [...path, 'run']) value = value?.kind === 'map' ? value.value.get(key) : undefined;
  return value?.value;
}

/** All that a value says, apart from what stands at a path; an empty map on the way to it is as good as none. */
function outline(value: Value | undefined, without: readonly string[] = []): string {
  if (value === undefined) return '';
  if (value.kind === 'list') return `[${value.value.map((item) => outline(item)).join()}]`;
  if (value.kind !== 'map')
    return without.length > 0 && isEmpty(value) ? '' : JSON.stringify(String(value.value));
  const entries = value.value.values.map((entry) => {
    const key = String(entry.key);
    if (key !== without[0]) return `${JSON.stringify(key)}:${outline(entry)}`;
    const rest = without.length === 1 ? '' : outline(entry, without.slice(1));
    return rest === '' ? '' : `${JSON.stringify(key)}:${rest}`;
  });
  const said = entries.filter((entry) => entry !== '').join();
  return said === '' && without.length > 0 ? '' : `{${said}}`;
}
