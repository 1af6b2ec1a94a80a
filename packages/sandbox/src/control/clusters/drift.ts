import { ControlError } from '../types.ts';
import type { Control } from '../types.ts';
import { findClustersOf, namesOf } from './find.ts';

const ARTIFACT = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

export const drift: Control = {
  name: 'drift',
  arguments: ['cluster', 'service'],
  options: {
    replicas: {
      type: 'string',
      value: 'N',
      description: 'Somebody scales it by hand',
      default: 'the artifact is changed',
      example: '--replicas 7',
    },
    artifact: {
      type: 'string',
      value: 'ID',
      description: 'The artifact that somebody sets by hand',
      default: 'an earlier one',
      example: '--artifact master-1a2b3c4d5e-6f7a8b9c0d',
    },
  },
  description:
    'Somebody changes the workload of a service with kubectl, in a cluster or in all of an environment. Flux mends it within a minute and a half, unless it is suspended, and heal at once',
  example: 'drift aws-prod-1 ledger-api',
  async run(target, values) {
    const { service } = values;
    const clusters = findClustersOf(target, service, values.cluster);
    const replicas = Number(values.replicas);
    if (
      values.replicas !== undefined &&
      (!Number.isInteger(replicas) || replicas < 0 || replicas > 100)
    ) {
      throw new ControlError('replicas wants a whole number from 0 to 100');
    }
    if (values.artifact !== undefined && !ARTIFACT.test(values.artifact)) {
      throw new ControlError(`"${values.artifact}" can't be an artifact`);
    }
    const own = target.live.context.state.services[service];
    for (const cluster of clusters) {
      const { environment } = cluster.cluster;
      const earlier =
        own.earlier[environment]?.[0] ??
        own.builds.find(build => build.id !== own.current[environment])?.id;
      cluster.drift(
        service,
        values.replicas === undefined
          ? { artifactId: values.artifact ?? earlier ?? 'changed-by-hand' }
          : { replicas },
      );
    }
    return {
      message: `Somebody changed ${service} in ${namesOf(clusters)} by hand`,
    };
  },
};
