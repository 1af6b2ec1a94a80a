import { releaseFolder } from '../../format/paths.ts';
import { renderManifests } from '../../render/renderManifests.ts';
import { findBuild, identityOf } from '../context.ts';
import { humanCommit } from './humanCommit.ts';
import type { Happening } from './types.ts';

/**
 * Somebody changes a manifest of a release by hand, in a hurry. The next
 * release of the service takes it away again.
 */
export const handEdit: Happening = {
  name: 'hand edit',
  weight: 2,
  happen({ random, state, moving }, at) {
    const service = random.pick(moving);
    const environment = service.environments[service.environments.length - 1];
    const own = state.services[service.name];
    const build = findBuild(own, own.current[environment]);
    if (!build) {
      return undefined;
    }
    const workload = renderManifests(service, environment, build).find(file =>
      file.name.startsWith('40-'),
    )!;
    const megabytes = 1024 * random.integer(1, 4);
    const folder = releaseFolder(environment, service.namespace, service.name);
    return humanCommit(
      identityOf(random.pick(service.squad.members)),
      at,
      `Raise memory of ${service.name} in ${environment} to ${megabytes}Mi`,
      [
        {
          kind: 'file',
          path: `${folder}/${workload.name}`,
          content: workload.content.replace(
            /(limits:\n +memory: ).*/,
            `$1${megabytes}Mi`,
          ),
        },
      ],
    );
  },
};
