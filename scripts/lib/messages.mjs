/** A reason why set-up can't go on: what is wrong, and what to do. */
export class Stop extends Error {
  constructor(what, todo) {
    super(what);
    this.todo = todo;
  }
}

let progress = process.stdout;

/** Keeps progress out of the standard output, where a program reads that. */
export function sayOnStderr() {
  progress = process.stderr;
}

/** Prints one line of progress. */
export function say(text) {
  progress.write(`${text}\n`);
}

/** Prints why it can't go on, and returns the exit code. */
export function fail(error) {
  if (error instanceof Stop) {
    process.stderr.write(
      `\n${error.message}\n${error.todo ? `${error.todo}\n` : ''}`,
    );
  } else {
    process.stderr.write(`\n${error.stack ?? error}\n`);
  }
  return 1;
}

const CAUSES = [
  [
    /ENOSPC|no space left/i,
    'The disk is full.',
    'Free about 4 GB where this repository and your home folder are, then run the command again.',
  ],
  [
    /EACCES|EPERM|EROFS|permission denied/i,
    'A file or folder may not be written.',
    'See the log for which one; the repository and your home folder must be writable by you.',
  ],
  [
    /self-signed certificate|UNABLE_TO_(GET|VERIFY)|CERT_|certificate has expired/i,
    'The npm registry’s certificate is not trusted on this machine.',
    'If your network looks into encrypted traffic, put its certificate authority into the system’s store, or name its file in NODE_EXTRA_CA_CERTS, then run the command again.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|socket hang up|YN0035|RequestError/i,
    'The npm registry could not be reached.',
    'Check the network, and the proxy or registry of your npm settings (npm config list), then run the command again; what was already downloaded is kept.',
  ],
  [
    /YN0028|lockfile would have been/i,
    'yarn.lock does not fit the package.json files.',
    'Run "yarn install" and look at what changes in yarn.lock.',
  ],
];

/** Turns the output of a package manager that failed into a reason. */
export function explainFailure(step, output, logFile) {
  const [, what, todo] = CAUSES.find(([pattern]) => pattern.test(output)) ?? [
    undefined,
    'The reason is in the log.',
    '',
  ];
  return new Stop(
    `${step} failed. ${what}`,
    [todo, logFile && `The whole log: ${logFile}`].filter(Boolean).join('\n'),
  );
}
