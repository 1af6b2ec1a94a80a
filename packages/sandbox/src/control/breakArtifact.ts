import { releaseFolder } from '../format/paths.ts';
import { renderArtifact } from '../render/renderArtifact.ts';
import { checkEnvironment, chooseBuild, findService } from './find.ts';
import { commitByHand } from './commitByHand.ts';
import type { Control } from './types.ts';

export const breakArtifact: Control = {
  name: 'break-artifact',
  arguments: ['service', 'environment'],
  options: {},
  description:
    'Somebody commits an artifact.json with a merge conflict left in it; the next release repairs it',
  example: 'break-artifact ledger-api staging',
  run(target, values) {
    return target.live.exclusively(async () => {
      const { live } = target;
      const service = findService(target, values.service);
      const { environment } = values;
      checkEnvironment(service, environment);
      const own = live.context.state.services[service.name];
      const build = chooseBuild(own, own.current[environment]);
      const lines = renderArtifact(service, build).split('\n');
      lines.splice(2, 0, '<<<<<<< HEAD', '  "service": "?",', '=======');
      const folder = releaseFolder(
        environment,
        service.namespace,
        service.name,
      );
      await live.write([
        commitByHand(live, `Fix ${service.name} by hand`, [
          {
            kind: 'file',
            path: `${folder}/artifact.json`,
            content: lines.slice(0, 40).join('\n'),
          },
        ]),
      ]);
      return {
        message: `${folder}/artifact.json is no JSON any more`,
        commit: live.world.tip,
      };
    });
  },
};
