import type { Diagnostic } from '../source/diagnostic.ts';
import type { Colours } from './colours.ts';
import { printable } from './printable.ts';

/** Each diagnostic as `file:line:column  error  sentence`, with the way out on a line of its own. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], colours: Colours): string {
  return diagnostics
    .map((diagnostic) => {
      const place = placeOf(diagnostic);
      const head = place === null ? '' : `${colours.cyan(place)}  `;
      const help =
        diagnostic.help === undefined ? '' : `  ${colours.dim('help:')} ${printable(diagnostic.help)}\n`;
      return `${head}${colours.red('error')}  ${printable(diagnostic.message)}\n${help}`;
    })
    .join('');
}

function placeOf({ file, line, column }: Diagnostic): string | null {
  if (file === undefined) return null;
  if (line === undefined) return printable(file);
  return `${printable(file)}:${line}:${column ?? 1}`;
}
