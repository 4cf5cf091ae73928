import assert from 'node:assert/strict';
import { after, type TestContext, test } from 'node:test';
import { packTarball, succeeded, withInstalled } from '../support/installed.ts';
import type { Repo } from '../support/repo.ts';

const CLI = 'node_modules/ecs-guard-staged/dist/cli.cjs';
const SETTINGS = { packs: [], rules: ['rules.guard'] };
const RULES = `rule no_root {
  Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*] {
    User != 'root' <<run as somebody else>>
  }
}
rule pinned {
  Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*] {
    Image == /:\\d/ <<pin the image>>
  }
}
`;
const EXCUSE = '# ecs-guard-ignore no_root: vendor image, until 9999-12-31';

const tarball = packTarball({ after });

/** A repository whose hook judges by the two rules above. */
function guarded(t: TestContext, settings: object = SETTINGS): Repo {
  const repo = withInstalled(t, tarball);
  succeeded(repo.run(process.execPath, [CLI, 'init']));
  repo.stage({ '.ecs-guardrc.json': JSON.stringify(settings, null, 2), 'rules.guard': RULES });
  succeeded(repo.commit());
  return repo;
}

interface Excused {
  readonly above?: Readonly<Partial<Record<'resource' | 'container' | 'property', string>>>;
  readonly metadata?: string;
  readonly image?: string;
}

/** A template with one container that runs as root, excused or not, and one that does not. */
function template({ above = {}, metadata, image = 'busybox:1' }: Excused): string {
  const comment = (indentation: number, text: string | undefined) =>
    text === undefined ? '' : `${' '.repeat(indentation)}${text}\n`;
  return `Resources:
${comment(2, above.resource)}  Worker:
    Type: AWS::ECS::TaskDefinition
${comment(4, metadata)}    Properties:
      ContainerDefinitions:
${comment(8, above.container)}        - Name: app
          Image: ${image}
${comment(10, above.property)}          User: root
        - Name: other
          Image: busybox:1
          User: app
`;
}

/** Commits a template, and tells what came of it. */
function committed(repo: Repo, text: string, path = 'infra/worker.yml') {
  repo.stage({ [path]: text });
  const { status, stdout, stderr } = repo.commit();
  const lines = (stdout + stderr).replace(/\d+ ms/, 'n ms').split('\n');
  return {
    accepted: status === 0,
    said: lines.filter((line) => /infra\/|\.ecs-guardrc|^[✖⚠✔]/.test(line) && !/^ create mode/.test(line)),
  };
}

const ADDED = 'note: this change excuses `no_root` until 9999-12-31: vendor image';
const SUMMARY = '✔ 1 staged template · 1 excused · 2 rules · n ms';

for (const [what, excused, place] of [
  ['a comment on the resource', { above: { resource: EXCUSE } }, '2:3'],
  ['a comment on the container', { above: { container: EXCUSE } }, '6:9'],
  ['a comment on the property', { above: { property: EXCUSE } }, '8:11'],
  [
    'the metadata of the resource',
    {
      metadata:
        'Metadata: { ecs-guard: { ignore: [{ rule: no_root, reason: vendor image, until: 9999-12-31, container: app }] } }',
    },
    '4:39',
  ],
] as const)
  test(`${what} lets a commit pass that would be rejected, and is printed once`, (t) => {
    const repo = guarded(t);
    const rejected = committed(repo, template({}));
    assert.equal(rejected.accepted, false);
    assert.match(rejected.said[0] ?? '', /Worker › app {2}no_root {2}run as somebody else$/);
    assert.deepEqual(committed(repo, template(excused)), {
      accepted: true,
      said: [`infra/worker.yml:${place}  ${ADDED}`, SUMMARY],
    });
    assert.deepEqual(committed(repo, `${template(excused)}# edited\n`), { accepted: true, said: [SUMMARY] });
  });

test('rules that the metadata lists as other tools want it are excused', (t) => {
  const repo = guarded(t);
  const metadata = 'Metadata: { guard: { SuppressedRules: [no_root, ANOTHER_ONE] } }';
  assert.deepEqual(committed(repo, template({ metadata })), {
    accepted: true,
    said: ['infra/worker.yml:4:44  note: this change excuses `no_root`', SUMMARY],
  });
});

test('the metadata of a JSON template excuses', (t) => {
  const repo = guarded(t);
  const json = (ignore: object[]) =>
    JSON.stringify({
      Resources: {
        Worker: {
          Type: 'AWS::ECS::TaskDefinition',
          Metadata: { 'ecs-guard': { ignore } },
          Properties: { ContainerDefinitions: [{ Name: 'app', Image: 'busybox:1', User: 'root' }] },
        },
      },
    });
  const rule = 'no_root';
  assert.equal(committed(repo, json([]), 'infra/worker.json').accepted, false);
  assert.equal(
    committed(repo, json([{ rule, reason: 'why', container: 'app' }]), 'infra/worker.json').accepted,
    true,
  );
  const { accepted, said } = committed(
    repo,
    json([{ rule, reason: 'why', untill: 'x' }]),
    'infra/worker.json',
  );
  assert.equal(accepted, false);
  assert.match(
    said[1] ?? '',
    /warning: this excuse does not count: `untill` means nothing here; there is `until`/,
  );
});

test('a comment in a raw task definition excuses what stands below it', (t) => {
  const repo = guarded(t);
  const raw = (comment: string) => `family: worker
containerDefinitions:
  - name: app
    image: busybox:1
    ${comment}
    user: root
`;
  assert.equal(committed(repo, raw('# nothing')).accepted, false);
  assert.deepEqual(committed(repo, raw(EXCUSE)), {
    accepted: true,
    said: [`infra/worker.yml:5:5  ${ADDED}`, SUMMARY],
  });
});

test('the settings excuse, and an excuse there that has ended is told of', (t) => {
  const suppression = { rule: 'no_root', file: 'infra/*.yml', resource: 'Worker', reason: 'vendor image' };
  const repo = guarded(t, { ...SETTINGS, suppressions: [suppression] });
  assert.deepEqual(committed(repo, template({})), { accepted: true, said: [SUMMARY] });
  const ended = { ...SETTINGS, suppressions: [{ ...suppression, until: '2000-01-01' }] };
  repo.stage({ '.ecs-guardrc.json': JSON.stringify(ended), 'infra/more.yml': template({}) });
  const { accepted, said } = committed(repo, `${template({})}# edited\n`);
  assert.equal(accepted, false);
  assert.deepEqual(
    said.filter((line) => line.startsWith('.ecs-guardrc')).map((line) => line.replace(/^\S+ {2}/, '')),
    ['warning: the excuse from `no_root` ended on 2000-01-01: give it another day, or remove it'],
  );
});

test('an excuse that has ended lets its violation count again', (t) => {
  const repo = guarded(t);
  const { accepted, said } = committed(
    repo,
    template({ above: { property: '# ecs-guard-ignore no_root: vendor image, until 2000-01-01' } }),
  );
  assert.equal(accepted, false);
  assert.deepEqual(said.slice(1), [
    'infra/worker.yml:8:11  warning: the excuse from `no_root` ended on 2000-01-01: give it another day, or remove it',
    '✖ 1 violation in 1 of 1 staged template · 2 rules · n ms · commit rejected',
  ]);
});

test('an excuse that nothing needs is told of, but not of rules that were not judged', (t) => {
  const repo = guarded(t);
  const above = { container: '# ecs-guard-ignore pinned, elsewhere: why', property: EXCUSE };
  assert.deepEqual(committed(repo, template({ above })), {
    accepted: true,
    said: [
      'infra/worker.yml:6:9  note: nothing needs the excuse from `pinned`; remove it',
      'infra/worker.yml:6:9  note: this change excuses `elsewhere`: why',
      `infra/worker.yml:9:11  ${ADDED}`,
      SUMMARY,
    ],
  });
});

test('an excuse hides neither another rule nor another place', (t) => {
  const repo = guarded(t);
  const other = committed(repo, template({ above: { property: EXCUSE }, image: 'busybox' }));
  assert.equal(other.accepted, false);
  assert.match(other.said[0] ?? '', / {2}pinned {2}pin the image$/);
  const elsewhere = template({ above: { container: EXCUSE } }).replace('User: app', 'User: root');
  const { accepted, said } = committed(repo, elsewhere);
  assert.equal(accepted, false);
  assert.match(said[0] ?? '', /Worker › other {2}no_root {2}/);
});

test('an excuse that cannot be read excuses nothing, and says how it is written', (t) => {
  const repo = guarded(t);
  for (const [comment, said] of [
    ['# ecs-guard-ignore no_root', 'the excuse from `no_root` does not count: it gives no reason'],
    [
      '# ecs-guard-ignore no_root: why, until spring',
      /the day cannot be read; write it as `until 2027-03-31`/,
    ],
    ['# ecs-guard-ignore no_rot: why', 'no rule is called `no_rot`; did you mean `no_root`?'],
  ] as const) {
    const outcome = committed(repo, template({ above: { property: comment } }));
    assert.equal(outcome.accepted, false);
    if (typeof said === 'string') assert.equal(outcome.said[1], `infra/worker.yml:8:11  warning: ${said}`);
    else assert.match(outcome.said[1] ?? '', said);
  }
});
