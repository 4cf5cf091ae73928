import type { Value } from '../../value/value.ts';
import { property, propertyAt, type Subject } from '../subject.ts';

/**
 * Whether a task is for Fargate alone: what Fargate refuses is then of no use to anybody. One that lists instances as well
 * could just as well do without Fargate.
 */
export function isForFargateOnly({ root, properties }: Subject): boolean {
  const required = property(properties, 'RequiresCompatibilities');
  if (required?.kind === 'list' && required.value.length > 0)
    return required.value.every(({ value }) => value === 'FARGATE');
  const services = servicesOf(root, properties);
  return (
    services.length > 0 && services.every((service) => property(service, 'LaunchType')?.value === 'FARGATE')
  );
}

/** Properties of the services of the same template that run a task definition. */
export function servicesOf(root: Value, task: Value | null): Value[] {
  const resources = property(root, 'Resources');
  const name = task?.parent?.key;
  if (resources?.kind !== 'map' || typeof name !== 'string') return [];
  return resources.value.values.flatMap((resource) => {
    const properties = property(resource, 'Properties');
    if (property(resource, 'Type')?.value !== 'AWS::ECS::Service' || properties === undefined) return [];
    return propertyAt(properties, 'TaskDefinition', 'Ref')?.value === name ? [properties] : [];
  });
}
