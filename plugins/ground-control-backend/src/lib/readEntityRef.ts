import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * Reads an entity ref of app-config, as the catalog spells it.
 *
 * @param where - its key, for people
 * @param example - one that could stand there
 * @throws InputError for what isn't one
 */
export function readEntityRef(
  ref: string,
  where: string,
  example: string,
): string {
  try {
    return stringifyEntityRef(parseEntityRef(ref));
  } catch {
    throw new InputError(
      `${where} is not an entity ref; write one such as ${example}`,
    );
  }
}

/**
 * Reads which Group platform engineers are, if one is configured.
 *
 * @param config - of `groundControl`
 * @throws InputError for what isn't an entity ref
 */
export function readPlatformEngineers(
  config: Config | undefined,
): string | undefined {
  const ref = config?.getOptionalString('platformEngineers');
  const where = 'groundControl.platformEngineers';
  return ref === undefined
    ? undefined
    : readEntityRef(ref, where, 'group:default/platform-engineers');
}
