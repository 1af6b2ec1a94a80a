import { RequestChanges } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../../releases/formatTime';

/** More are counted, not listed. */
export const MOST_CHANGES = 50;

/** A build, as far as what lies between two of them needs it. */
export interface ChangedBuild {
  artifactId: string;
  commit?: string;
  branch?: string;
  /** Milliseconds since 1970. */
  builtAt?: number;
  /** The commit at its Git host. */
  commitUrl?: string;
  message?: string;
  author?: string;
}

/** A commit of the service, and the first build that contains it. */
export interface ChangedCommit {
  commit: string;
  title: string;
  author: string;
  /** Milliseconds since 1970. */
  committedAt: number;
}

/** Which builds lie between two: after the older, up to the newer one. */
export interface Span {
  branch: string;
  /** Milliseconds since 1970, not included. */
  after: number;
  /** Milliseconds since 1970, included. */
  until: number;
  /** The requested build is the older one: what lies between is undone. */
  undoes: boolean;
}

type ChangeItem = RequestChanges['items'][number];

function unknown(message: string): RequestChanges {
  return { kind: 'unknown', items: [], message };
}

/**
 * Finds what has to be looked for between the running build and the requested
 * one, or says at once what lies between.
 */
export function findSpan(
  environment: string,
  running: ChangedBuild | undefined,
  requested: ChangedBuild,
): Span | RequestChanges {
  if (!running) {
    return unknown(
      `Nothing that can be read is released in ${environment} now, so there is nothing to compare with.`,
    );
  }
  if (running.commit !== undefined && running.commit === requested.commit) {
    return {
      kind: 'commits',
      items: [],
      total: 0,
      message: 'Both are builds of the same commit; only the plan differs.',
    };
  }
  if (running.builtAt === undefined || requested.builtAt === undefined) {
    const which = running.builtAt === undefined ? running : requested;
    return unknown(
      `What lies between isn't known: when ${which.artifactId} was built isn't.`,
    );
  }
  if (requested.branch === undefined || running.branch !== requested.branch) {
    return unknown(
      `What lies between isn't known: the running artifact was built from ${
        running.branch ?? 'an unknown branch'
      }, the requested one from ${requested.branch ?? 'an unknown branch'}.`,
    );
  }
  const undoes = requested.builtAt < running.builtAt;
  return {
    branch: requested.branch,
    after: Math.min(running.builtAt, requested.builtAt),
    until: Math.max(running.builtAt, requested.builtAt),
    undoes,
  };
}

export function isSpan(found: Span | RequestChanges): found is Span {
  return 'after' in found;
}

const UNDOES = 'The requested artifact is older: these are what it undoes.';

/** The page of another commit of the same repository, where its place is plain. */
export function formatCommitUrl(
  known: ChangedBuild,
  commit: string,
): string | undefined {
  const { commit: own, commitUrl } = known;
  return own && commitUrl?.endsWith(`/${own}`)
    ? commitUrl.slice(0, -own.length) + commit
    : undefined;
}

/** `…/commit/<id>` of GitHub and Gitea, `…/-/commit/<id>` of GitLab. */
const COMMIT_PAGE = /^(https?:\/\/.+)\/commit\/$/;

/**
 * What is left to look at where the commits between two builds aren't told:
 * both commits, the older one first on one branch, and the page that compares
 * them where it follows from the page of one of them.
 */
export function buildCompare(
  running: ChangedBuild | undefined,
  requested: ChangedBuild | undefined,
): Pick<RequestChanges, 'compare'> {
  if (!running?.commit || !requested?.commit) return {};
  if (running.commit === requested.commit) return {};
  const { branch, builtAt = Infinity } = requested;
  const undoes = running.branch === branch && builtAt < (running.builtAt ?? 0);
  const [older, newer] = undoes ? [requested, running] : [running, requested];
  const [from, to] = [older.commit!, newer.commit!];
  const page = formatCommitUrl(requested, '') ?? formatCommitUrl(running, '');
  const repository = page && COMMIT_PAGE.exec(page)?.[1];
  const isPlain = [from, to].every(commit => /^[0-9a-f]{7,64}$/.test(commit));
  return {
    compare: {
      from,
      to,
      ...(repository &&
        isPlain && { url: `${repository}/compare/${from}...${to}` }),
    },
  };
}

export function buildCommits(
  commits: ChangedCommit[],
  options: { total: number; span: Span; requested: ChangedBuild },
): RequestChanges {
  return {
    kind: 'commits',
    total: options.total,
    items: commits.map((one): ChangeItem => {
      const url = formatCommitUrl(options.requested, one.commit);
      return {
        commit: one.commit,
        message: one.title,
        author: one.author,
        ...(one.committedAt > 0 && { at: formatTime(one.committedAt) }),
        ...(url && { url }),
      };
    }),
    ...(options.span.undoes && { message: UNDOES }),
  };
}

export function buildBuilds(
  builds: ChangedBuild[],
  options: { total: number; span: Span },
): RequestChanges {
  return {
    kind: 'builds',
    total: options.total,
    items: builds.map(
      (build): ChangeItem => ({
        artifactId: build.artifactId,
        ...(build.commit && { commit: build.commit }),
        ...(build.message && { message: build.message }),
        ...(build.author && { author: build.author }),
        ...(build.builtAt !== undefined && { at: formatTime(build.builtAt) }),
        ...(build.commitUrl && { url: build.commitUrl }),
      }),
    ),
    message: `No history of the service's own repository tells the commits, so these are the builds between.${
      options.span.undoes ? ` ${UNDOES}` : ''
    }`,
  };
}
