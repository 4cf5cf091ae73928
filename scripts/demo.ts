import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * The main job, live: a repository with the hook, a commit that is rejected, the same commit accepted after a fix.
 * Nothing is staged for show: git, the hook and their output are real.
 */

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const BAD = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Worker:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: worker
      ContainerDefinitions:
        - Name: worker
          Image: public.ecr.aws/docker/library/busybox:1.36
          User: root
          Privileged: true
          ReadonlyRootFilesystem: true
`;
const GOOD = BAD.replace('User: root', "User: '1000:1000'").replace('Privileged: true', 'Privileged: false');

const folder = mkdtempSync(join(tmpdir(), 'ecs-guard-staged-demo-'));
try {
  const accepted = demonstrate(folder);
  process.exitCode = accepted ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Returns whether the first commit was rejected and the second one accepted. */
function demonstrate(repository: string): boolean {
  say('A new repository with ecs-guard-staged installed.');
  shell(repository, 'git init --quiet --initial-branch=main');
  mkdirSync(join(repository, 'node_modules'));
  symlinkSync(ROOT, join(repository, 'node_modules', 'ecs-guard-staged'), 'junction');
  writeFileSync(join(repository, '.gitignore'), 'node_modules\n');
  shell(repository, 'node node_modules/ecs-guard-staged/dist/cli.cjs init');

  say('A task definition that runs as root, privileged:');
  mkdirSync(join(repository, 'infra'));
  writeFileSync(join(repository, 'infra', 'worker.yml'), BAD);
  shell(repository, 'git add .gitignore infra');
  const rejected = shell(repository, 'git commit --quiet -m "Add worker"') !== 0;

  say('Both properties corrected:');
  writeFileSync(join(repository, 'infra', 'worker.yml'), GOOD);
  shell(repository, 'git add infra');
  const accepted = shell(repository, 'git commit --quiet -m "Add worker"') === 0;
  shell(repository, 'git log --oneline --stat');
  return rejected && accepted;
}

function say(text: string): void {
  process.stdout.write(`\n# ${text}\n`);
}

/** Shows a command and its output, and returns its exit code. */
function shell(cwd: string, command: string): number | null {
  process.stdout.write(`$ ${command}\n`);
  const { status, error } = spawnSync(command, {
    cwd,
    shell: true,
    stdio: 'inherit',
    env: {
      ...withoutGitVariables(process.env),
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Demo',
      GIT_AUTHOR_EMAIL: 'demo@example.com',
      GIT_COMMITTER_NAME: 'Demo',
      GIT_COMMITTER_EMAIL: 'demo@example.com',
      GIT_PAGER: 'cat',
    },
  });
  if (error !== undefined) throw error;
  return status;
}

/** The demonstration may itself be started by git, whose variables name another repository. */
function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}
