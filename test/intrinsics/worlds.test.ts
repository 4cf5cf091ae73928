import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compileRules } from '../../src/engine/compile-rules.ts';
import { evaluateTemplate } from '../../src/report/evaluation.ts';
import { possibilitiesOf } from '../../src/report/possible-findings.ts';
import type { Template } from '../../src/template/template.ts';
import { loadTemplates } from '../../src/template/templates.ts';
import { Random } from '../support/random.ts';
import { type Arguments, allArguments, deployed, isTrue, type Json, type JsonMap } from './brute-force.ts';

/*
 * Random small templates, judged once by our exploration and once by trying every combination of arguments with everything
 * settled in the text.
 */

const RULES = fileURLToPath(new URL('../../rules', import.meta.url));
/** Our own rules look for resources by type only. */
const BY_KEY = `
rule one { Resources[ keys == 'B' ] { Properties.ContainerDefinitions[*] { User != 'root' <<root>> } } }
rule another when Resources[ keys == 'A' ] !empty { Resources[ keys == /^B/ ] !empty <<A without B>> }
rule others { Resources[ keys != 'Cluster' ].Properties.ContainerDefinitions exists <<empty>> }
rule inside {
  Resources[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*][ keys in ['Privileged'] ] != true
    <<privileged>>
}`;

/** Forms that our own rules have no use for. */
const OTHER_FORMS = `
let tasks = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ]
let containers = %tasks.Properties.ContainerDefinitions[*]
let users = %containers[ User exists ].User

rule some_user when %tasks !empty { some %containers.User != 'root' <<no good user>> }
rule no_root_user { %users not in ['root', '0'] <<bad user>> }
rule matching { %containers[ User exists ] { User == /^[a-z]+$/ or User == /^1/ <<odd user>> } }
rule filtered { %containers[ Privileged == true User exists ] { User != 'app' <<privileged app>> } }
rule guarded {
  %containers {
    when Privileged exists ReadonlyRootFilesystem exists {
      ReadonlyRootFilesystem == true <<writable>>
      Privileged != true or User exists <<privileged without user>>
    }
  }
}
rule denied { not no_root_user or some_user <<neither>> }
rule dependent when no_root_user { %containers.Name !empty <<no name>> some %containers.Privileged == true <<none>> }
rule same_users { Resources.A.Properties.ContainerDefinitions[*].User == Resources.B.Properties.ContainerDefinitions[*].User <<differ>> }
rule no_user_of_other { Resources.A.Properties.ContainerDefinitions[*].User not in Resources.B.Properties.ContainerDefinitions[*].User <<shared>> }
rule called { good_user(%users) <<called>> }
rule good_user(user) { %user { this != 'root' this != /^0/ } }
rule keyed { %containers { this[ keys == 'User' ] != 'root' <<by key>> } }
rule captured when %tasks !empty { Resources[ id | Type == 'AWS::ECS::TaskDefinition' ] !empty %id !empty <<nothing captured>> }
rule counted { let found = count(%users)
  %found >= 2 <<fewer than two>> }
rule typed { %containers { when User exists { User is_string <<no string>> } } }
rule ordered { %containers[ User exists ] { User in ['app', '1000', '1000:0', 'root'] or User == '0' <<stranger>> } }
rule list { %tasks.Properties.ContainerDefinitions !empty <<no containers>> }
`;

const MORE_FORMS = `
let bad = ['root', '0']
let containers = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*]

AWS::ECS::TaskDefinition { Properties.ContainerDefinitions[*].User != 'root' <<by type>> }
AWS::ECS::TaskDefinition when Resources.A exists { Properties.ContainerDefinitions[0].User exists <<first>> }
rule some_block when %containers !empty { some %containers { User exists Privileged != true <<no good one>> } }
rule none_bad { %containers[ User in %bad ] empty <<some bad>> }
rule none_missing { %containers[ User !exists ] empty <<some without>> }
rule nested { %containers { LogConfiguration.Options { mode exists <<no mode>>
  when mode == 'blocking' { 'max-buffer-size' exists <<no buffer>> } } } }
rule either { %containers { User exists or Privileged !exists <<either>> LinuxParameters.Capabilities.Add empty or User == 'app' <<capable>> } }
rule negated { %containers[ User exists ] { not User == 'root' <<negated>> not User in %bad <<in bad>> } }
rule names { %containers.Name in ['one', 'two'] <<name>> }
rule second { Resources.B.Properties.ContainerDefinitions[1].ReadonlyRootFilesystem == true <<second>> }
rule structures { %containers { LogConfiguration is_struct or LogConfiguration !exists <<log>> } }
rule of_all when some_block
  none_bad { %containers.ReadonlyRootFilesystem == true <<of all>> }
rule found { let roots = %containers[ User == 'root' ]
  when %roots !empty { %roots.ReadonlyRootFilesystem == true <<root can write>> } }
rule each_task { Resources.*[ Type == 'AWS::ECS::TaskDefinition' ] { let users = Properties.ContainerDefinitions[ User exists ].User
  when %users !empty { %users != 'app' <<app>> } } }
`;

const COMPARING = `
let containers = Resources.*[ Type == 'AWS::ECS::TaskDefinition' ].Properties.ContainerDefinitions[*]
let people = %containers[ User exists ]
let roots = ['root', '0']
`;
/** Each a file of its own, which cannot tell all users apart. */
const COMPARED_FORMS = [
  `rule early { %people.User < 'app' <<late>> }`,
  `rule late { %people { User >= '1000' or User == '0' <<early>> } }`,
  `rule part_of { %people.User in 'approot' <<no part>> }`,
  `rule alone { %people.User == ['app'] <<others>> }`,
  `rule whole { %containers !in [{ Name: 'one', User: 'root' }, { Name: 'two', User: 'app' }] <<whole>> }`,
  `rule same { Resources.A.Properties.ContainerDefinitions[0] == { Name: 'one', User: '1000' } <<is not>> }`,
  `rule patterns { %people { User !empty User not in ['x', 0, null, /:/] <<pattern>> } }`,
  `rule by_call { compared(%people.User, %roots, 'User') }
   rule compared(users, bad, key) { %users not in %bad <<called>> %people.%key exists <<key>> }`,
  `rule keyed { %people[ keys == 'User' ] != /^1/ <<keyed>> }`,
  `rule captured { Resources[ id | Type == 'AWS::ECS::TaskDefinition' ] !empty %people.User != /^r/ <<captured>> }`,
  `rule twice { Resources.A.Properties.ContainerDefinitions[*].User != Resources.B.Properties.ContainerDefinitions[*].User <<same>> }`,
  `rule counted { let capitals = to_upper(%people.User)
     %capitals != 'ROOT' <<capital>> }`,
  `rule wanted { %people[ User == 'app' ] !empty <<nobody>> }`,
  `let apps = %people[ User == /^a/ ]
   rule wanted_again { Resources exists or %apps exists
     %apps !empty <<nobody>> }`,
  `let good = Resources.B.Properties.ContainerDefinitions[ User != 'root' ].User
   rule good_ones when %good !empty { Resources.A.Properties.ContainerDefinitions[*].User in %good <<not as in B>> }`,
  `let users = %people.User
   rule scalars { %users[ this == /^[ar]/ ] { this != 'root' <<filtered>> } }`,
];

const programs = [
  ...['published', 'baseline'].flatMap((pack) =>
    readdirSync(`${RULES}/${pack}`)
      .filter((name) => name.endsWith('.guard'))
      .map((name) => compileRules(name, readFileSync(`${RULES}/${pack}/${name}`, 'utf8'))),
  ),
  compileRules('by-key.guard', BY_KEY),
  compileRules('other-forms.guard', OTHER_FORMS),
  compileRules('more-forms.guard', MORE_FORMS),
  ...COMPARED_FORMS.map((rules, at) => compileRules(`compared-${at}.guard`, COMPARING + rules)),
];

const SEEDS = 40;
const CONDITIONS = ['C0', 'C1', 'C2', 'C3'];
const PARAMETERS = ['P0', 'P1', 'P2'];
const USERS = ['root', '0', '1000', 'app', '1000:0'];

class Generator {
  readonly #random: Random;

  /** Names that conditions and values refer to. */
  readonly #parameters: readonly string[];

  constructor(seed: number, parameters: readonly string[] = PARAMETERS) {
    this.#random = new Random(seed);
    this.#parameters = parameters;
  }

  template(): JsonMap {
    const random = this.#random;
    const parameters = PARAMETERS.map((name) => {
      const values = USERS.filter(() => random.chance(0.5));
      return [name, { Type: 'String', AllowedValues: values.length > 0 ? values : ['app'] }] as const;
    });
    const rows = USERS.map((user) => [user, { User: random.pick(USERS), Mode: random.pick(MODES) }] as const);
    return {
      Parameters: Object.fromEntries(parameters),
      Mappings: { Users: Object.fromEntries(rows) },
      Conditions: Object.fromEntries(CONDITIONS.map((name, at) => [name, this.#condition(at, 2)])),
      Resources: Object.fromEntries([
        // CloudFormation deploys no stack without any resource.
        ['Cluster', { Type: 'AWS::ECS::Cluster' }],
        ...['A', 'B'].map((id) => [
          id,
          {
            Type: 'AWS::ECS::TaskDefinition',
            ...(random.chance(0.4) ? { Condition: random.pick(CONDITIONS) } : {}),
            Properties: { ContainerDefinitions: this.#choice(() => this.#containers(), 1) },
          },
        ]),
      ]),
    };
  }

  /** A condition that refers to earlier ones only. */
  #condition(known: number, depth: number): Json {
    const random = this.#random;
    const inner = () => this.#condition(known, depth - 1);
    if (depth > 0 && random.chance(0.4))
      return random.pick<() => Json>([
        () => ({ 'Fn::And': [inner(), inner()] }),
        () => ({ 'Fn::Or': [inner(), inner()] }),
        () => ({ 'Fn::Not': [inner()] }),
      ])();
    if (known > 0 && random.chance(0.3)) return { Condition: CONDITIONS[random.below(known)]! };
    const other = random.chance(0.2) ? { Ref: random.pick(this.#parameters) } : random.pick(USERS);
    return { 'Fn::Equals': [{ Ref: random.pick(this.#parameters) }, other] };
  }

  #choice(make: () => Json, depth: number, mayBeAbsent = false): Json {
    const random = this.#random;
    if (mayBeAbsent && random.chance(0.2)) return { Ref: 'AWS::NoValue' };
    if (depth === 0 || random.chance(0.5)) return make();
    const branch = () => this.#choice(make, depth - 1, mayBeAbsent);
    return { 'Fn::If': [random.pick(CONDITIONS), branch(), branch()] };
  }

  #containers(): Json {
    return ['one', 'two'].map((name) => this.#choice(() => this.#container(name), 1, name === 'two'));
  }

  #container(name: string): Json {
    const random = this.#random;
    const optional: { [key: string]: () => Json } = {
      User: () => this.#user(),
      ReadonlyRootFilesystem: () => random.pick([true, false]),
      Privileged: () => random.pick([true, false]),
      LinuxParameters: () => ({ Capabilities: this.#choice(() => ({ Add: ['ALL'] }), 1, true) }),
      LogConfiguration: () => ({
        LogDriver: 'awslogs',
        Options: this.#choice(() => this.#logOptions(), 1, true),
      }),
    };
    const present = Object.keys(optional).filter(() => random.chance(0.6));
    return {
      Name: name,
      ...Object.fromEntries(present.map((key) => [key, this.#choice(optional[key]!, 2, true)])),
    };
  }

  #logOptions(): Json {
    return {
      mode: this.#choice(() => this.#mode(), 1, true),
      'max-buffer-size': this.#choice(() => '25m', 1, true),
    };
  }

  #mode(): Json {
    const { Mode } = { Mode: this.#random.pick(MODES) };
    return this.#random.chance(0.3) ? this.#lookUp('Mode') : Mode;
  }

  #user(): Json {
    const random = this.#random;
    const parameter = random.pick(this.#parameters);
    return random.pick<() => Json>([
      () => random.pick(USERS),
      () => ({ Ref: parameter }),
      () => this.#lookUp('User'),
      () => ({ 'Fn::Sub': `\${${parameter}}:\${${random.pick(this.#parameters)}}` }),
      () => ({ 'Fn::Join': [':', [{ Ref: parameter }, this.#choice(() => random.pick(USERS), 1, true)]] }),
      () => ({ 'Fn::Select': [0, { 'Fn::Split': [':', { Ref: parameter }] }] }),
    ])();
  }

  #lookUp(key: string): Json {
    return { 'Fn::FindInMap': ['Users', { Ref: this.#random.pick(this.#parameters) }, key] };
  }
}

const MODES = ['blocking', 'non-blocking'];

function loaded(data: Json): Template {
  return loadTemplates('t.json', Buffer.from(JSON.stringify(data)))[0]!;
}

/** What people would call the same violation, in whatever way it comes about. */
function named({
  rule,
  resource,
  container,
  message,
}: {
  readonly rule: string;
  readonly resource: string | null;
  readonly container: string | null;
  readonly message: string;
}): string {
  return [rule, resource, container, message.replace(/"[^"]*"/g, '…')].join(' | ');
}

/** Whether what a finding says of its circumstances is so. */
function applies(when: string | undefined, template: JsonMap, given: Arguments): boolean {
  if (when === undefined) return true;
  return when
    .replace(/, or in \d+ other cases?$/, '')
    .split(', or ')
    .some((term) =>
      term.split(' and ').every((literal) => {
        const [, name = '', what = ''] = /^(\w+) is (.*)$/.exec(literal) ?? [];
        if (given.has(name)) return what === `'${given.get(name)}'`;
        return String(isTrue({ Condition: name }, template, given)) === what;
      }),
    );
}

test('everything that some deployment violates is found, and nothing else, and under the right circumstances', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const template = new Generator(seed).template();
    const given = allArguments(template);
    const deployments = given.map((each) => loaded(deployed(template, each)));
    const possibilities = possibilitiesOf(loaded(template));
    for (const program of programs) {
      const evaluations = deployments.map((each) => evaluateTemplate(program, each));
      const violations = evaluations.map(({ findings }) => new Set(findings.map(named)));
      const judged = possibilities?.judge(program);
      if (judged === undefined) continue;
      const { findings, status } = judged;
      const about = `${program.source.name} on seed ${seed}: ${JSON.stringify(template)}`;
      const expected = new Set(violations.flatMap((each) => [...each]));
      assert.deepEqual([...new Set(findings.map(named))].sort(), [...expected].sort(), about);
      assert.equal(
        status === 'FAIL',
        evaluations.some((each) => each.status === 'FAIL'),
        about,
      );
      assert.notEqual(status, 'UNKNOWN', about);
      for (const finding of findings)
        for (const [at, each] of given.entries())
          if (applies(finding.when, template, each))
            assert.ok(
              violations[at]!.has(named(finding)),
              `${named(finding)} when ${finding.when}, but not with ${JSON.stringify([...each])}; ${about}`,
            );
    }
  }
});

/** What somebody may give for a parameter that says nothing about it. */
const GIVEN = ['root', '0', '1000', 'app', '1000:0', 'x'];

test('what is said of a template with an open parameter holds whatever it is given', () => {
  let undecided = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const template = new Generator(seed, [...PARAMETERS, 'Open', 'Open']).template();
    const parameters = template.Parameters as JsonMap;
    const open = { ...template, Parameters: { ...parameters, Open: { Type: 'String' } } };
    const given = allArguments({
      ...template,
      Parameters: { ...parameters, Open: { AllowedValues: GIVEN } },
    });
    const possible = given.filter((each) => isDeployable(template, each));
    const deployments = possible.map((each) => loaded(deployed(template, each)));
    const possibilities = possibilitiesOf(loaded(open));
    for (const program of programs) {
      const judged = possibilities?.judge(program);
      if (judged === undefined) continue;
      const about = `${program.source.name} on seed ${seed}: ${JSON.stringify(open)}`;
      const violations = deployments.map(
        (each) => new Set(evaluateTemplate(program, each).findings.map(named)),
      );
      if (judged.status === 'UNKNOWN') undecided++;
      else
        assert.equal(
          judged.status === 'FAIL',
          violations.some(({ size }) => size > 0),
          about,
        );
      for (const finding of judged.findings)
        for (const [at, each] of possible.entries())
          if (!finding.when?.includes('something else') && applies(finding.when, open, each))
            assert.ok(
              violations[at]!.has(named(finding)),
              `${named(finding)} when ${finding.when}, but not with ${JSON.stringify([...each])}; ${about}`,
            );
    }
  }
  assert.ok(undecided > 0);
});

/** Whether every key that is looked up is there. */
function isDeployable(template: JsonMap, given: Arguments): boolean {
  try {
    deployed(template, given);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Thirty conditions and containers that depend on them in all manner of ways: far more than can be tried. */
function unwieldy(random: Random): JsonMap {
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  const parameters = numbers.map(
    (at) => [`P${at}`, { Type: 'String', Default: 'no', AllowedValues: ['no', 'yes'] }] as const,
  );
  const conditions = numbers.map((at) => [`C${at}`, { 'Fn::Equals': [{ Ref: `P${at}` }, 'yes'] }] as const);
  const name = () => `C${random.below(30)}`;
  const both = numbers.slice(0, 5).map((at) => {
    const kind = random.pick(['Fn::And', 'Fn::Or']);
    return [`D${at}`, { [kind]: [{ Condition: name() }, { Condition: name() }] }] as const;
  });
  const choice = (depth: number): Json =>
    depth === 0 || random.chance(0.3)
      ? random.pick(['root', 'app', 'app'])
      : {
          'Fn::If': [
            random.chance(0.2) ? `D${random.below(5)}` : name(),
            choice(depth - 1),
            choice(depth - 1),
          ],
        };
  const nested = (depth: number): Json =>
    depth === 0 ? 'root' : { 'Fn::If': [name(), nested(depth - 1), 'app'] };
  const users = [nested(12), choice(4), choice(4), choice(4), choice(4), choice(4)];
  return {
    Parameters: Object.fromEntries(parameters),
    Conditions: Object.fromEntries([...conditions, ...both]),
    Resources: {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: users.map((User, at) => ({ Name: `c${at}`, User })) },
      },
    },
  };
}

test('where most is left out, every branch is reached, and what is said of when it fails is so', () => {
  const program = programs.find(({ source }) => source.name === 'tasks_denied_root_user.guard')!;
  let held = 0;
  for (let seed = 1; seed <= 4; seed++) {
    const random = new Random(seed);
    const template = unwieldy(random);
    const { findings, limit } = possibilitiesOf(loaded(template))!.judge(program);
    assert.notEqual(limit, null);
    assert.ok(findings.some(({ container }) => container === 'c0'));
    for (const finding of findings) {
      if (finding.when?.startsWith('several things') === true) continue;
      for (const term of finding.when?.split(', or ') ?? []) {
        const literals = term.split(' and ').map((literal) => literal.split(' is '));
        for (let world = 0; world < 8; world++) {
          const given = new Map(
            Object.keys(template.Parameters as JsonMap).map((each) => [each, random.pick(['no', 'yes'])]),
          );
          for (const [name = '', truth] of literals)
            if (name.startsWith('C')) given.set(name.replace('C', 'P'), truth === 'true' ? 'yes' : 'no');
          if (term.startsWith('in ') || !applies(term, template, given)) continue;
          const deployment = evaluateTemplate(program, loaded(deployed(template, given)));
          const about = `${finding.container} when ${term} on seed ${seed}, but not with ${JSON.stringify([...given])}`;
          assert.ok(
            deployment.findings.some(({ container }) => container === finding.container),
            about,
          );
          held++;
        }
      }
    }
  }
  assert.ok(held > 100);
});
