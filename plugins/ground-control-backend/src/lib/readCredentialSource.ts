import { readFile } from 'node:fs/promises';
import { Config } from '@backstage/config';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  GitCredentials,
  RemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { IntegrationCredentials } from './IntegrationCredentials';

/**
 * Reads how a git remote lets us in; the password's file is read anew each
 * time, so that a renewed token counts at once. Without a password of its own
 * it is let in by what Backstage's integrations have for its host.
 *
 * @param options - `where`: the path of `config` itself, for what an error says
 */
export function readCredentialSource(
  config: Config,
  options: { where: string; integrations: IntegrationCredentials },
): (remote: RemoteUrl) => Promise<GitCredentials> {
  const { where, integrations } = options;
  const username = config.getOptionalString('username');
  const password = config.getOptionalString('password');
  const passwordFile = config.getOptionalString('passwordFile');
  if (password !== undefined && passwordFile !== undefined) {
    throw new InputError(
      `${where} has both password and passwordFile; leave one of them out`,
    );
  }
  const ssh = {
    sshKeyFile: config.getOptionalString('sshKeyFile'),
    sshKnownHostsFile: config.getOptionalString('sshKnownHostsFile'),
  };
  if (password?.includes('\n') || username?.includes('\n')) {
    throw new InputError(
      `${where}: username and password may not contain a line end`,
    );
  }
  return async remote => {
    if (password !== undefined) return { username, password, ...ssh };
    if (passwordFile === undefined) {
      return { username, ...(await integrations.find(remote)), ...ssh };
    }
    let content: string;
    try {
      content = (await readFile(passwordFile, 'utf8')).trim();
    } catch (error) {
      throw new NotFoundError(
        `The file of ${where}.passwordFile can't be read (${
          (error as NodeJS.ErrnoException).code
        }); check that it is there and that this backend may read it`,
      );
    }
    if (content === '' || content.includes('\n')) {
      throw new InputError(
        `The file of ${where}.passwordFile must hold one line, the password or token`,
      );
    }
    return { username, password: content, ...ssh };
  };
}
