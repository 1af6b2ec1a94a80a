import { InputError } from '@backstage/errors';

/**
 * Where a repository is fetched from.
 *
 * @public
 */
export interface RemoteUrl {
  /** As git gets it; never contains a password. */
  url: string;
  /** For people: without user, query and fragment. */
  label: string;
  /** Of http and https: scheme, host and port; credentials go nowhere else. */
  origin?: string;
  /** The user that the URL named, for http and https. */
  username?: string;
}

const SCP_LIKE =
  /^(?:([A-Za-z0-9._-]+)@)?([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):(?!\/\/)(.+)$/;
const SCHEMES = ['http:', 'https:', 'ssh:', 'git:', 'file:'];

/**
 * Reads a repository's URL: http, https, ssh, git, file, `user@host:path`, or
 * an absolute path. Throws an InputError that doesn't repeat the text, since
 * it may hold a password; a password in the URL is itself an error.
 *
 * @public
 */
export function parseRemoteUrl(text: string): RemoteUrl {
  // eslint-disable-next-line no-control-regex
  if (text === '' || text.startsWith('-') || /[\x00-\x20\x7f]/.test(text)) {
    throw new InputError(
      "A repository URL may not be empty, start with '-', or contain spaces or control characters",
    );
  }
  if (text.startsWith('/')) {
    return { url: text, label: text };
  }
  if (!text.includes('://')) {
    const [, , host, path] = SCP_LIKE.exec(text) ?? [];
    // `ext::command` and other `helper::` forms would run a program.
    if (!host || path.startsWith(':') || path.startsWith('-')) {
      throw new InputError(
        'A repository URL must be http, https, ssh, git, file, user@host:path or an absolute path',
      );
    }
    // `user:password@host:path`, or `https:/user:password@host` with a slash
    // too few, would make the password a part of the path, which is shown.
    if (path.includes('@')) {
      throw new InputError(
        "A repository URL may not have '@' behind its host, where it looks like a password; write ssh://user@host/path, and give a password as password or passwordFile",
      );
    }
    return { url: text, label: `${host}:${path}` };
  }
  if (!URL.canParse(text)) {
    throw new InputError('The repository URL is not a valid URL');
  }
  const url = new URL(text);
  if (!SCHEMES.includes(url.protocol)) {
    throw new InputError(
      'A repository URL must be http, https, ssh, git, file, user@host:path or an absolute path',
    );
  }
  if (url.password) {
    throw new InputError(
      'The repository URL contains a password, which git would write to disk and into its messages; remove it from the URL and give it as password or passwordFile',
    );
  }
  if (url.hostname.startsWith('-') || url.hostname.startsWith('%2d')) {
    throw new InputError("A host name may not start with '-'");
  }
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  const username = decodeUsername(url.username) || undefined;
  if (web) url.username = '';
  const label = new URL(url);
  label.username = '';
  label.search = '';
  label.hash = '';
  return {
    url: url.toString(),
    label: label.toString(),
    ...(web ? { origin: url.origin, username } : {}),
  };
}

function decodeUsername(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new InputError(
      "The user in the repository URL has a '%' that begins no character; write %25 for '%', or give the user as username",
    );
  }
}
