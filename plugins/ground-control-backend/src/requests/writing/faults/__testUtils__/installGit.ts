import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Halt } from './Halt';

/** Where in a git command a process stands still. */
export interface GitPlace {
  command: string;
  /** `within`: when it has read this many bytes. */
  when: 'before' | 'after' | { bytes: number };
}

/**
 * Makes a `git` that is the real one, but for one command, where it stands
 * still.
 *
 * @returns the folder to be put first on the PATH
 */
export function installGit({ command, when }: GitPlace, halt: Halt): string {
  const folder = `${halt.folder}-bin`;
  const real = findGit();
  const script = [
    '#!/bin/sh',
    'found=',
    `for arg in "$@"; do [ "$arg" = "${command}" ] && found=1; done`,
    `[ "$found" ] && [ ! -d "${halt.folder}/reached" ] || exec "${real}" "$@"`,
    // Git commands of ours are started so.
    ...formatRun(when, `"${real}" "$@"`, halt.formatScript(true)),
  ];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'git'), `${script.join('\n')}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return folder;
}

function formatRun(
  when: GitPlace['when'],
  run: string,
  stand: string,
): string[] {
  if (when === 'before') return [stand, `exec ${run}`];
  if (when === 'after') return [run, 'code=$?', stand, 'exit $code'];
  return [`{ head -c ${when.bytes}`, stand, `cat; } | ${run}`];
}

/** Where the real one is. */
export function findGit(): string {
  return execFileSync('/bin/sh', ['-c', 'command -v git'], {
    encoding: 'utf8',
  }).trim();
}
