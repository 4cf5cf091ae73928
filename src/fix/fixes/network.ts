import type { Fix } from '../remedy.ts';
import { property } from '../subject.ts';
import { isForFargateOnly, servicesOf } from './task.ts';

/** Fargate knows no other network mode. */
export const awsvpcNetwork: Fix = (subject) =>
  subject.properties && {
    changes: [{ kind: 'set', map: subject.properties, key: subject.spell('NetworkMode'), to: 'awsvpc' }],
    doubt: isForFargateOnly(subject) ? null : 'ports and security groups have to be changed with it',
  };

/** Without a host port it is the same as that of the container, unless somebody meant the other one. */
export const matchingHostPort: Fix = ({ root, value, properties }) => {
  const named = servicesOf(root, properties)
    .flatMap((service) => property(service, 'LoadBalancers') ?? [])
    .flatMap((balancers) => (balancers.kind === 'list' ? balancers.value : []))
    .some((balancer) => String(property(balancer, 'ContainerPort')?.value) === String(value.value));
  return {
    changes: [{ kind: 'remove', value }],
    doubt: named ? 'a load balancer names this port' : null,
  };
};
