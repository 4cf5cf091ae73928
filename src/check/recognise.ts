import { mayHoldContainerList } from '../template/detect.ts';
import { TELLING_CONTAINER_PROPERTIES } from '../template/task-definition/names.ts';

/** Not those that may be a word of any text. */
const TELLING_WORDS = TELLING_CONTAINER_PROPERTIES.filter((name) => /[A-Z]/.test(name));

/**
 * Whether a file that cannot be loaded was meant to be a template or a task definition, so that nobody may pass it unseen.
 * Other files that are no YAML, such as chart templates, are not ours to complain about.
 */
export function wasMeantAsTemplate(bytes: Buffer): boolean {
  if (bytes.includes('AWSTemplateFormatVersion') || bytes.includes('containerDefinitions')) return true;
  if (bytes.includes('Resources') && /\w::\w/.test(bytes.toString('latin1'))) return true;
  return mayHoldContainerList(bytes) && TELLING_WORDS.some((name) => bytes.includes(name));
}
