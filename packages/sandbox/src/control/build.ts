import { buildService } from '../simulation/builds.ts';
import { findService } from './find.ts';
import { ControlError } from './types.ts';
import type { Control } from './types.ts';

/** What release-manager's ids and Git both take. */
const BRANCH_NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,80}$/;

export const build: Control = {
  name: 'build',
  arguments: ['service'],
  options: {
    branch: {
      type: 'string',
      value: 'NAME',
      description: 'The branch that CI builds',
      default: 'master',
      example: '--branch feature/limits',
    },
  },
  description:
    'Build a new artifact of a service. Policies release it a little later, unless the rate is 0',
  example: 'build ledger-api --branch feature/limits',
  run(target, values) {
    return target.live.exclusively(async () => {
      const { live } = target;
      const service = findService(target, values.service);
      const branch = values.branch ?? 'master';
      if (!BRANCH_NAME.test(branch) || branch.includes('..')) {
        throw new ControlError(`"${branch}" can't be the name of a branch`);
      }
      const event = buildService(
        live.context,
        service,
        live.at,
        branch === 'master' ? 'master' : 'branch',
        branch,
      );
      await live.write([event]);
      return {
        message: `Built ${event.build.id} of ${service.name}`,
        artifactId: event.build.id,
      };
    });
  },
};
