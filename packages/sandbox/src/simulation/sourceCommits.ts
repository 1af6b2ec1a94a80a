import { createHash } from 'node:crypto';
import type { Service } from '../company/types.ts';
import type { Identity } from '../format/types.ts';
import { DAY, officeZone } from '../lib/calendar.ts';
import { Random } from '../lib/random.ts';
import { identityOf } from './context.ts';
import type { Context } from './context.ts';
import { commitMessage } from './messages.ts';
import type { SourceCommit, SourcePush, SourceState } from './types.ts';

/** The tree without files: these repositories are about history alone. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** More branches than these are given up, the oldest first. */
const OPEN_BRANCHES = 3;
const MINUTE = 60;

/** What CI builds: the last commit of a push. */
export interface BuiltCommit {
  /** Of the branch; `master` is the one that all others end in. */
  branch: string;
  at: number;
  author: Identity;
  committer: Identity;
  message: string;
}

/** A commit object as Git stores it, and its id. */
export function makeCommit(
  parents: string[],
  commit: Omit<BuiltCommit, 'branch'>,
): SourceCommit {
  const { author, committer, at, message } = commit;
  const when = `${at} ${officeZone(at)}`;
  const body = [
    `tree ${EMPTY_TREE}`,
    ...parents.map(parent => `parent ${parent}`),
    `author ${author.name} <${author.email}> ${when}`,
    `committer ${committer.name} <${committer.email}> ${when}`,
    '',
    message,
    '',
  ].join('\n');
  const sha = createHash('sha1')
    .update(`commit ${Buffer.byteLength(body)}\0${body}`)
    .digest('hex');
  return { sha, body };
}

/** Puts the commits of one push together. */
class Push {
  readonly commits: SourceCommit[] = [];
  readonly refs: Record<string, string | null> = {};
  private readonly random: Random;
  private readonly context: Context;
  private readonly service: Service;
  private readonly until: number;

  constructor(
    context: Context,
    service: Service,
    until: number,
    random: Random,
  ) {
    this.context = context;
    this.service = service;
    this.until = until;
    this.random = random;
  }

  add(parents: string[], commit: Omit<BuiltCommit, 'branch'>): string {
    const made = makeCommit(parents, commit);
    this.commits.push(made);
    return made.sha;
  }

  /** Some commits of the squad on top of another, none of which is built. */
  addUnbuilt(parent: string, count: number): string {
    let tip = parent;
    for (let left = count; left > 0; left -= 1) {
      const author = identityOf(this.random.pick(this.service.squad.members));
      tip = this.add([tip], {
        author,
        committer: author,
        at: this.until - left * this.random.integer(5, 40) * MINUTE,
        message: commitMessage(this.random, this.service.name.split('-')[0]),
      });
    }
    return tip;
  }

  addRoot(): string {
    const author = identityOf(this.context.company.platformEngineers[0]);
    return this.add([], {
      author,
      committer: author,
      at: this.until - 200 * DAY,
      message: `Begin ${this.service.name}`,
    });
  }
}

function pushMaster(
  push: Push,
  source: SourceState,
  master: string,
  built: BuiltCommit,
  random: Random,
): string {
  const [open] = Object.keys(source.branches);
  const roll = random.next();
  if (open !== undefined && roll < 0.5) {
    const side = source.branches[open];
    delete source.branches[open];
    push.refs[open] = null;
    return push.add([master, side], built);
  }
  if (roll < 0.78) {
    return push.add([master], built);
  }
  const unbuilt = push.addUnbuilt(master, random.integer(1, 3));
  // Either all of a pull request lands on the branch, or its merge does.
  return push.add(roll < 0.9 ? [unbuilt] : [master, unbuilt], built);
}

function pushBranch(
  push: Push,
  source: SourceState,
  master: string,
  built: BuiltCommit,
  random: Random,
): string {
  const begin = source.branches[built.branch] ?? master;
  const unbuilt = push.addUnbuilt(begin, random.integer(0, 2));
  const tip = push.add([unbuilt], built);
  // Written anew, so that the one that was pushed to last comes last.
  delete source.branches[built.branch];
  source.branches[built.branch] = tip;
  const names = Object.keys(source.branches);
  for (const name of names.slice(0, -OPEN_BRANCHES)) {
    delete source.branches[name];
    push.refs[name] = null;
  }
  return tip;
}

/**
 * Lets somebody push what CI then builds: a commit, now and then several, the
 * merge of a branch, or commits on a branch. It draws from a generator of its
 * own, so that nothing else depends on it, and changes the state in place.
 */
export function pushSource(
  context: Context,
  service: Service,
  number: number,
  built: BuiltCommit,
): SourcePush {
  const { source } = context.state.services[service.name];
  const random = Random.fromSeed(
    `source/${context.company.seed}/${service.name}/${number}/${built.at}`,
  );
  const push = new Push(context, service, built.at, random);
  const master = source.master ?? push.addRoot();
  if (built.branch === 'master') {
    source.master = pushMaster(push, source, master, built, random);
    push.refs.master = source.master;
    return { commits: push.commits, refs: push.refs, sha: source.master };
  }
  source.master = master;
  push.refs.master = master;
  const sha = pushBranch(push, source, master, built, random);
  push.refs[built.branch] = sha;
  return { commits: push.commits, refs: push.refs, sha };
}
