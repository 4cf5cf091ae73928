import { packLevels } from '../src/check/pack-levels.ts';
import { PACKS, type Pack, packLineage } from '../src/check/pack-names.ts';
import { rulesInFolder } from '../src/check/packs.ts';
import { ruleComment } from '../src/language/rule-comment.ts';
import { idsElsewhere } from '../src/report/ids-elsewhere.ts';
import { ruleSummary } from '../src/report/rule-summary.ts';

/** Whose ids have a column of their own; the others share the last one. */
const SOURCES = [
  'Security Hub',
  'AWS Config',
  'Control Tower',
  'CIS',
  'checkov',
  'trivy',
  'KICS',
  'cdk-nag',
  'Prowler',
] as const;

interface ListedRule {
  readonly name: string;
  readonly pack: Pack;
  readonly summary: string;
  readonly ids: readonly string[];
}

/** The text of docs/rules.md: every rule with its levels, and under which ids other scanners know the same check. */
export function rulesPage(): string {
  const rules = PACKS.flatMap(rulesOf);
  const packs = PACKS.filter((pack) => rules.some((rule) => rule.pack === pack));
  return `# Rules

<!-- Written by \`npm run rules-table\` from the rules themselves. -->

Each pack has the rules of the one before it, except for \`published\`, which stands alone. A level says what a violation
does: \`error\` rejects the commit, \`warn\` and \`info\` are told, and rules that are \`off\` wait to be chosen in the settings.
Each rule has a page with the reasons, an example and its exceptions. CIS stands for the CIS AWS Compute Services
Benchmark 1.1.0.

${packs.map((pack) => packSection(pack, rules)).join('\n')}
## The same checks elsewhere

${table(
  ['Rule', ...SOURCES, 'others'],
  rules.filter(({ ids }) => ids.length > 0).map((rule) => [linkTo(rule), ...idCells(rule)]),
)}`;
}

function rulesOf(pack: Pack): ListedRule[] {
  return rulesInFolder(pack).flatMap(({ file, source }) =>
    file.rules.map(({ name }) => {
      const comment = ruleComment(source, name) ?? '';
      return { name, pack, summary: ruleSummary(comment), ids: idsElsewhere(comment) };
    }),
  );
}

function packSection(pack: Pack, rules: readonly ListedRule[]): string {
  const choosers = PACKS.filter((each) => packLineage(each).includes(pack));
  const added = rules.filter((rule) => rule.pack === pack);
  const rows = added.map((rule) => [
    linkTo(rule),
    rule.summary,
    ...choosers.map((each) => packLevels([each]).get(rule.name) ?? 'error'),
  ]);
  return `## ${pack}\n\n${table(['Rule', 'What it asks for', ...choosers], rows)}`;
}

function linkTo({ name, pack }: ListedRule): string {
  return `[${name}](../rules/${pack}/${name}.md)`;
}

function idCells({ ids }: ListedRule): string[] {
  const sourceOf = (id: string) => SOURCES.find((source) => id.startsWith(`${source} `));
  const own = SOURCES.map((source) =>
    ids.filter((id) => sourceOf(id) === source).map((id) => id.slice(source.length + 1)),
  );
  return [...own, ids.filter((id) => sourceOf(id) === undefined)].map((cell) => cell.join(', '));
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
