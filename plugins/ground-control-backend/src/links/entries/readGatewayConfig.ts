import { Config } from '@backstage/config';
import { z } from 'zod';
import { parseConfig } from '../../clusters/locate/parseConfig';
import { isLabel } from './file/names';
import { GatewaySettings } from './types';

const LONGEST_PATH = 1_024;

/** Git has no other paths, and a file of the repository no way out of it. */
function isFilePath(path: string): boolean {
  return (
    path.length <= LONGEST_PATH &&
    !/[\p{Cc}\\]/u.test(path) &&
    path.split('/').every(name => !['', '.', '..', '.git'].includes(name))
  );
}

const schema = z
  .object({
    path: z
      .string()
      .refine(
        isFilePath,
        'must be the path of a file in the repository, such as backbone-gateway/shuttle.yaml, without / in front and without ..',
      )
      .default('backbone-gateway/shuttle.yaml'),
    namespace: z
      .string()
      .refine(isLabel, 'must be the name of a namespace in Kubernetes')
      .default('backbone-gateway'),
    // Read by readGatewayRepository.
    repository: z.unknown(),
  })
  .strict()
  .transform(({ path, namespace }) => ({ path, namespace }));

/** Reads `groundControl.gateway`. Errors say what to change. */
export function readGatewayConfig(config: Config | undefined): GatewaySettings {
  return parseConfig(schema, {
    where: 'groundControl.gateway',
    value: config?.getOptional('gateway') ?? {},
  });
}
