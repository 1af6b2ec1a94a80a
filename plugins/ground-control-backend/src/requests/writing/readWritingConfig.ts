import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  CommitSigning,
  GitIdentity,
} from '@ground-control/backstage-plugin-ground-control-node';
import { WritingSettings } from './types';

const WHERE = 'groundControl.configRepository.writing';
/** What would end a line of a commit, or an address in it. */
const FORBIDDEN = /[<>\p{Cc}]/u;

function readIdentity(config: Config, key: string): GitIdentity {
  const own = config.getConfig(key);
  const identity = {
    name: own.getString('name').trim(),
    email: own.getString('email').trim(),
  };
  for (const [part, value] of Object.entries(identity)) {
    if (value === '' || FORBIDDEN.test(value)) {
      throw new InputError(
        `${WHERE}.${key}.${part} can't stand in a commit; write one without < and > and line breaks`,
      );
    }
  }
  return identity;
}

function readSigning(config?: Config): CommitSigning | undefined {
  if (!config) return undefined;
  const ssh = config.getOptionalConfig('ssh');
  const openpgp = config.getOptionalConfig('openpgp');
  if (!ssh === !openpgp) {
    throw new InputError(
      `${WHERE}.signing needs either ssh or openpgp, and not both`,
    );
  }
  return ssh
    ? { format: 'ssh', keyFile: ssh.getString('keyFile') }
    : {
        format: 'openpgp',
        keyId: openpgp!.getString('keyId'),
        home: openpgp!.getOptionalString('home'),
      };
}

/**
 * Reads `groundControl.configRepository.writing`: without it nothing is
 * written, and asking for a release says so.
 *
 * @param config - of `groundControl`
 */
export function readWritingConfig(
  config: Config | undefined,
): WritingSettings | undefined {
  const writing = config?.getOptionalConfig('configRepository.writing');
  if (!writing) return undefined;
  const author = readIdentity(writing, 'author');
  return {
    author,
    committer: writing.has('committer')
      ? readIdentity(writing, 'committer')
      : author,
    signing: readSigning(writing.getOptionalConfig('signing')),
  };
}
