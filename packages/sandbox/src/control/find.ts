import type { Service } from '../company/types.ts';
import type { Build, ServiceState } from '../simulation/types.ts';
import { ControlError } from './types.ts';
import type { ControlTarget } from './types.ts';

/** The service of that name. */
export function findService(target: ControlTarget, name: string): Service {
  const service = target.live.context.byName.get(name);
  if (!service?.inRepository) {
    throw new ControlError(`There is no service "${name}" in the repository`);
  }
  return service;
}

export function checkEnvironment(service: Service, environment: string): void {
  if (!service.environments.includes(environment)) {
    throw new ControlError(
      `${
        service.name
      } has no environment "${environment}", only ${service.environments.join(
        ', ',
      )}`,
    );
  }
}

/** The artifact of that id, or the newest of master whose tests passed. */
export function chooseBuild(own: ServiceState, id: string | undefined): Build {
  const newestFirst = [...own.builds].reverse();
  const build = newestFirst.find(candidate =>
    id === undefined
      ? candidate.branch === 'master' && candidate.tests.failed === 0
      : candidate.id === id,
  );
  if (!build) {
    const known = newestFirst.slice(0, 5).map(candidate => candidate.id);
    throw new ControlError(
      `There is no such artifact; the newest are ${known.join(', ')}`,
    );
  }
  return build;
}
