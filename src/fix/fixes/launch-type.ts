import type { Value } from '../../value/value.ts';
import { property, propertyAt, type Subject } from '../subject.ts';

/**
 * Whether a task can only run on Fargate, or not at all: then what Fargate refuses is of no use to anybody. A task that
 * lists another launch type beside Fargate has to satisfy both.
 */
export function isFargate({ root, properties }: Subject): boolean {
  const required = property(properties, 'RequiresCompatibilities');
  if (required?.kind === 'list' && required.value.some(({ value }) => value === 'FARGATE')) return true;
  return servicesOf(root, properties).some((service) => property(service, 'LaunchType')?.value === 'FARGATE');
}

/** Properties of the services of the same template that run a task definition. */
export function servicesOf(root: Value, task: Value | null): Value[] {
  const resources = property(root, 'Resources');
  if (resources?.kind !== 'map' || task?.parent?.key === null) return [];
  return resources.value.values.flatMap((resource) => {
    const properties = property(resource, 'Properties');
    if (property(resource, 'Type')?.value !== 'AWS::ECS::Service' || properties === undefined) return [];
    return propertyAt(properties, 'TaskDefinition', 'Ref')?.value === task?.parent?.key ? [properties] : [];
  });
}
