import { wasMeantAsTaskDefinition } from './recognise.ts';

/**
 * Placeholders outside of quotes, such as `"cpu": ${CPU}`, make a task definition unreadable until they are filled in. Gives
 * the bytes with these placeholders in a form that can be read, in which everything stands where it stood; undefined when
 * there are none or the file is no raw task definition.
 */
export function withReadablePlaceholders(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (text.includes('Resources') || !wasMeantAsTaskDefinition(text)) return undefined;
  const readable = text.replace(QUOTED_OR_PLACEHOLDER, (whole, shell?: string, template?: string) => {
    if (shell !== undefined) return `$<${plain(shell)}>`;
    return template === undefined ? whole : `<<${plain(template)}>>`;
  });
  return readable === text ? undefined : Buffer.from(readable, 'latin1');
}

const QUOTED_OR_PLACEHOLDER = /"(?:[^"\\\n]|\\.)*"|\$\{([^{}\n]*)\}|\{\{([^{}\n]*)\}\}/g;

/** Without what ends a value. */
function plain(name: string): string {
  return name.replace(/[[\],:#]/g, '_');
}
