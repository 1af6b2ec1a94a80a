import { release as releaseBuild } from '../simulation/releases.ts';
import { noteOtherWriters } from '../world/noteOtherWriters.ts';
import { checkEnvironment, chooseBuild, findService } from './find.ts';
import { ControlError } from './types.ts';
import type { Control } from './types.ts';

export const release: Control = {
  name: 'release',
  arguments: ['service', 'environment'],
  options: {
    artifact: {
      type: 'string',
      value: 'ID',
      description: 'The artifact to release',
      default: 'the newest of master whose tests passed',
      example: '--artifact master-1a2b3c4d5e-6f7a8b9c0d',
    },
  },
  description: 'Release an artifact of a service in an environment',
  example: 'release ledger-api prod',
  run(target, values) {
    return target.live.exclusively(async () => {
      const { live } = target;
      await noteOtherWriters(live.world);
      const service = findService(target, values.service);
      const { environment } = values;
      checkEnvironment(service, environment);
      const own = live.context.state.services[service.name];
      const build = chooseBuild(own, values.artifact);
      if (own.current[environment] === build.id) {
        throw new ControlError(`${build.id} is in ${environment} already`);
      }
      const event = releaseBuild(
        live.context,
        service,
        environment,
        build,
        { type: 'ReleaseArtifact' },
        live.at,
      );
      await live.write([event]);
      const { tip } = live.world;
      return {
        message: `Released ${build.id} of ${
          service.name
        } in ${environment}, commit ${tip.slice(0, 10)}`,
        artifactId: build.id,
        commit: tip,
      };
    });
  },
};
