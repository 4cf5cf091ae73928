import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder of templates to judge in bulk: `ECS_GUARD_TEMPLATES`, or real ones beside the project when they are there,
 * or the fixtures.
 */
export function templateFolder(root: string): string {
  const named = process.env.ECS_GUARD_TEMPLATES;
  if (named !== undefined && named !== '') return resolve(named);
  const beside = resolve(root, '../shared/templates');
  return existsSync(beside) ? beside : join(root, 'fixtures', 'ecs');
}

export function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json|template)$/.test(name))
    .map((name) => join(folder, name));
}

/** A small task definition that the default rules accept. */
export const GOOD_TASK = `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      ContainerDefinitions:
        - Name: web
          Image: public.ecr.aws/docker/library/alpine:latest
          Essential: true
          User: '1000:1000'
          ReadonlyRootFilesystem: true
          LogConfiguration:
            LogDriver: awslogs
            Options:
              mode: non-blocking
              max-buffer-size: 25m
`;
