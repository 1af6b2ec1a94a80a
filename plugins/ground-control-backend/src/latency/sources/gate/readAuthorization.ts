import { readFile } from 'node:fs/promises';
import { LatencyFault } from '@ground-control/backstage-plugin-ground-control-node';
import { ReadAccess } from './types';

/** How a source lets us in, as the config has it. */
export interface SourceAccess {
  token?: string;
  tokenFile?: string;
  username?: string;
  password?: string;
  passwordFile?: string;
  caFile?: string;
  skipTlsVerify?: boolean;
}

async function readWord(path: string, key: string): Promise<string> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    throw new LatencyFault(
      'failing',
      `The file of its ${key} can't be read (${
        (error as NodeJS.ErrnoException).code
      }); check that it is there and that this backend may read it`,
    );
  }
  if (text === '' || /[\r\n]/.test(text)) {
    throw new LatencyFault(
      'failing',
      `The file of its ${key} must hold one line`,
    );
  }
  return text;
}

/**
 * Gets what is shown to a source; files are read anew each time, so that a
 * renewed token counts at once.
 *
 * @throws LatencyFault where a file can't be used
 */
export async function readAuthorization(
  access: SourceAccess,
): Promise<ReadAccess> {
  const { username, tokenFile, passwordFile, caFile } = access;
  const token =
    tokenFile === undefined
      ? access.token
      : await readWord(tokenFile, 'tokenFile');
  const password =
    passwordFile === undefined
      ? access.password
      : await readWord(passwordFile, 'passwordFile');
  let authorization: string | undefined;
  if (token !== undefined) authorization = `Bearer ${token}`;
  else if (username !== undefined) {
    const pair = Buffer.from(`${username}:${password ?? ''}`);
    authorization = `Basic ${pair.toString('base64')}`;
  }
  let ca: string | undefined;
  if (caFile !== undefined) {
    try {
      ca = await readFile(caFile, 'utf8');
    } catch (error) {
      throw new LatencyFault(
        'failing',
        `The file of its caFile can't be read (${
          (error as NodeJS.ErrnoException).code
        })`,
      );
    }
  }
  return {
    headers: authorization === undefined ? {} : { authorization },
    isAnonymous: authorization === undefined,
    tls: {
      ...(ca !== undefined && { ca }),
      ...(access.skipTlsVerify && { rejectUnauthorized: false }),
    },
  };
}
