import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { isObjectId } from '@ground-control/backstage-plugin-ground-control-node';

/**
 * What app-config says of heads that commits hold. It stands there because
 * whoever can rewrite the database can't rewrite it.
 */
export interface AuditSettings {
  /** Heads of this commit, and of those before, are of another trail. */
  since?: string;
  /** Commits of others whose heads are made up. */
  forgedHeads: string[];
}

const WHERE = 'groundControl.audit';

function requireRevision(key: string, text: string): string {
  if (!isObjectId(text)) {
    throw new InputError(
      `${WHERE}.${key} must name commits by their full ids, of 40 or 64 hex digits in lower case`,
    );
  }
  return text;
}

/**
 * Reads `groundControl.audit`.
 *
 * @param config - of `groundControl`
 */
export function readAuditConfig(config: Config | undefined): AuditSettings {
  const own = config?.getOptionalConfig('audit');
  const since = own?.getOptionalString('since');
  const forged = own?.getOptionalStringArray('forgedHeads') ?? [];
  return {
    ...(since !== undefined && { since: requireRevision('since', since) }),
    forgedHeads: forged.map(text => requireRevision('forgedHeads', text)),
  };
}
