import { analyze } from './analysis.ts';
import { Automaton, type Slots } from './automaton.ts';
import { runProgram } from './backtracker.ts';
import { affordable, backtrackingEffort, startsAtText } from './effort.ts';
import { printJavaScript } from './javascript.ts';
import { checkLinear } from './linear-check.ts';
import type { Tree } from './node.ts';
import { compileProgram } from './program.ts';

/** A compiled pattern: the questions that can be asked about a subject. */
export interface Engine {
  test(subject: string): boolean;
  /** The first match that starts at `from` or later, with its groups. */
  find(subject: string, from: number): Slots | undefined;
}

/**
 * Chooses how to run a pattern. Hard ones (look-around, references, word boundaries) go to the backtracking machine with its
 * limits. Easy ones go to JavaScript's own engine as long as its worst case on the subject at hand is affordable,
 * otherwise to the automaton, whose time is linear.
 *
 * @throws {PatternSyntaxError} for patterns that parse but cannot be compiled
 */
export function createEngine(tree: Tree, pattern: string): Engine {
  const analysis = analyze(tree.root);
  if (analysis.get(tree.root)!.hard) {
    const program = compileProgram(tree.root, analysis, pattern);
    const find = (subject: string, from: number) => runProgram(program, subject, from, pattern);
    return { find, test: (subject) => find(subject, 0) !== undefined };
  }
  checkLinear([tree.root]);
  return easyEngine(tree, pattern);
}

function easyEngine({ root }: Tree, pattern: string): Engine {
  let automaton: Automaton | undefined;
  const linear = () => {
    automaton ??= new Automaton([root], pattern);
    return automaton;
  };
  const effort = backtrackingEffort(root);
  const printed = effort === undefined ? undefined : printJavaScript(root);
  const find = (subject: string, from: number) => linear().find(subject, from);
  if (effort === undefined || printed === undefined)
    return { find, test: (subject) => linear().test(subject) };

  const searched = !startsAtText(root);
  let regex: RegExp | undefined;
  const test = (subject: string): boolean => {
    if (!affordable(effort, subject.length, searched)) return linear().test(subject);
    regex ??= new RegExp(printed.source, printed.flags);
    return regex.test(subject);
  };
  return { find, test };
}
