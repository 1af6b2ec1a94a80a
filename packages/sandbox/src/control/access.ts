import type { Access } from '../server/access.ts';
import type { Control } from './types.ts';

function accessControl(
  name: string,
  access: Access,
  description: string,
  message: string,
): Control {
  return {
    name,
    arguments: [],
    options: {},
    description,
    example: name,
    async run({ state }) {
      state.access = access;
      return { message };
    },
  };
}

/** The controls of what the repository answers over HTTP. */
export const accessControls: Control[] = [
  accessControl(
    'deny',
    'deny',
    'The repository refuses every token (401)',
    'The repository answers 401 now',
  ),
  accessControl(
    'expire',
    'expired',
    'The repository says that the token has expired (403)',
    'The repository answers 403 now',
  ),
  accessControl(
    'allow',
    'allow',
    'The repository takes the right token again',
    'The repository takes the right token again',
  ),
  accessControl(
    'hang',
    'hang',
    'The repository takes connections and never answers',
    'The repository does not answer any more',
  ),
  accessControl(
    'unhang',
    'allow',
    'The repository answers again',
    'The repository answers again',
  ),
];
