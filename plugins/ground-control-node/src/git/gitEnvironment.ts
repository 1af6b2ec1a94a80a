import { RemoteUrl } from './remoteUrl';

/**
 * What git needs to be let in. Passwords and tokens are for http and https
 * only; ssh uses a key file.
 *
 * @public
 */
export interface GitCredentials {
  username?: string;
  password?: string;
  sshKeyFile?: string;
  sshKnownHostsFile?: string;
}

/** What a child of ours may know of the process's own environment. */
const INHERITED = [
  'PATH',
  'TMPDIR',
  'TEMP',
  'SYSTEMROOT',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
];

/**
 * The configuration that all our git commands, and the upload-pack that a
 * fetch from a local path starts, read as their global one. It is a file
 * because git doesn't hand configuration from its environment to the latter.
 * A git that lives long would keep up to 96 MB of what objects are made from,
 * and what we read has no use for it.
 */
export const GIT_CONFIG = `[core]
	hooksPath = /dev/null
	fsmonitor = false
	askPass =
	deltaBaseCacheLimit = 8m
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol]
	version = 2
[protocol "ext"]
	allow = never
[safe]
	directory = *
[credential]
	helper =
[init]
	defaultBranch = none
[i18n]
	logOutputEncoding = UTF-8
[log]
	showSignature = false
`;

/**
 * The same for a push. The receive-pack that a push to a local path starts
 * reads it too, and that side's hooks are its rules: they must run. The mirror
 * itself has none. What is pushed is small, but each commit has the tree of all
 * services anew, and looking for deltas would hold many of those at once; so
 * would the cache of what they are made from, which saves a tenth of the time.
 */
export const PUSH_CONFIG = `${GIT_CONFIG.replace(
  '\thooksPath = /dev/null\n',
  '',
).replace('deltaBaseCacheLimit = 8m', 'deltaBaseCacheLimit = 1m')}[pack]
	threads = 1
	deltaCacheSize = 1m
	windowMemory = 4m
`;

// Asked by git for `get`, `store` and `erase`; the values come from the
// environment, so that they are in no argument list and in no file.
const CREDENTIAL_HELPER =
  '!f() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$GROUND_CONTROL_GIT_USERNAME" "$GROUND_CONTROL_GIT_PASSWORD"; }; f';

function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

function sshCommand(credentials: GitCredentials): string {
  const options = ['-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'];
  if (credentials.sshKeyFile) {
    options.push('-o', 'IdentitiesOnly=yes', '-i', credentials.sshKeyFile);
  }
  if (credentials.sshKnownHostsFile) {
    options.push('-o', `UserKnownHostsFile=${credentials.sshKnownHostsFile}`);
  }
  return ['ssh', ...options.map(quoteForShell)].join(' ');
}

/**
 * The whole environment of a git command: nothing of ours leaks into it (no
 * GIT_DIR, GIT_TRACE, pager, editor or language), and credentials are offered
 * to the configured origin alone, also after a redirect.
 *
 * @param inherited - the process's environment
 * @param home - a folder of ours that holds {@link GIT_CONFIG} as `.gitconfig`
 */
export function buildGitEnvironment(
  inherited: NodeJS.ProcessEnv,
  home: string,
  remote?: RemoteUrl,
  credentials: GitCredentials = {},
): Record<string, string> {
  const env: Record<string, string> = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_GLOBAL: `${home}/.gitconfig`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    LC_ALL: 'C',
    GIT_SSH_COMMAND: sshCommand(credentials),
  };
  for (const name of INHERITED) {
    const value = inherited[name];
    if (value !== undefined) env[name] = value;
  }
  if (remote?.origin && credentials.password !== undefined) {
    env.GROUND_CONTROL_GIT_USERNAME =
      credentials.username ?? remote.username ?? 'git';
    env.GROUND_CONTROL_GIT_PASSWORD = credentials.password;
    env.GIT_CONFIG_COUNT = '1';
    env.GIT_CONFIG_KEY_0 = `credential.${remote.origin}.helper`;
    env.GIT_CONFIG_VALUE_0 = CREDENTIAL_HELPER;
  }
  return env;
}

/** Everything of an environment and a URL that may not be repeated. */
export function secretsOf(
  env: Record<string, string>,
  remote?: RemoteUrl,
): string[] {
  const secrets = [];
  // Some servers take a token behind the `?`; git repeats the URL it asked.
  const query = /[?#](.*)$/.exec(remote?.origin ? remote.url : '')?.[1];
  if (query) secrets.push(query);
  const password = env.GROUND_CONTROL_GIT_PASSWORD;
  if (password) {
    secrets.push(password, `${env.GROUND_CONTROL_GIT_USERNAME}:${password}`);
  }
  for (const [name, value] of Object.entries(env)) {
    if (/_proxy$/i.test(name)) {
      const found = /\/\/([^@/]*)@/.exec(value)?.[1];
      if (found) secrets.push(found, found.split(':').slice(1).join(':'));
    }
  }
  return secrets.filter(Boolean);
}
