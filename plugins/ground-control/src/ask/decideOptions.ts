import {
  ReleaseCandidate,
  ReleaseChoices,
  ReleaseWish,
  RequestPreview,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** What somebody picked in the form. */
export type Choice =
  | { kind: 'promote' }
  | { kind: 'branch'; branch: string }
  | { kind: 'artifact'; artifactId: string };

/** What can be picked, and what is to begin with. */
export interface Options {
  /** What is usually meant, where there is such a thing. */
  recommended?: ReleaseCandidate;
  branches: string[];
  /** Whose build is promoted; absent for the first environment. */
  promotesFrom?: string;
  /** Newest first. */
  candidates: ReleaseCandidate[];
  /** The cursor of older ones; absent where there are none. */
  next?: string;
  initial?: Choice;
}

/** Decides what the form offers of what can be released. */
export function decideOptions(choices: ReleaseChoices): Options {
  const recommended = choices.candidates.find(one => one.recommended);
  return {
    recommended,
    branches: choices.branches,
    promotesFrom: choices.promotesFrom,
    candidates: choices.candidates,
    next: choices.nextCandidates,
    initial: recommended && { kind: 'promote' },
  };
}

/** Whether it stands for a wish: a branch may be without its name for a while. */
export function isWhole(choice: Choice | undefined): choice is Choice {
  return choice?.kind === 'branch' ? choice.branch.trim() !== '' : !!choice;
}

/** The wish that a choice stands for. */
export function wishOf(
  choice: Choice,
  service: ServiceRef,
  environment: string,
): ReleaseWish {
  switch (choice.kind) {
    case 'branch':
      return {
        service,
        environment,
        intent: 'release-branch',
        branch: choice.branch.trim(),
      };
    case 'artifact':
      return {
        service,
        environment,
        intent: 'release-artifact',
        artifactId: choice.artifactId,
      };
    default:
      return { service, environment, intent: 'promote' };
  }
}

/** The choice that a wish stands for. */
export function choiceOf(wish: ReleaseWish): Choice | undefined {
  switch (wish.intent) {
    case 'promote':
      return { kind: 'promote' };
    case 'release-branch':
      return { kind: 'branch', branch: wish.branch };
    case 'release-artifact':
      return { kind: 'artifact', artifactId: wish.artifactId };
    default:
      return undefined;
  }
}

/**
 * What was judged, as a wish for nothing else: a build that comes after the
 * preview isn't what the reader asks for.
 */
export function pinWish({
  wish,
  artifactId,
}: Pick<RequestPreview, 'wish' | 'artifactId'>): ReleaseWish {
  return artifactId !== undefined &&
    (wish.intent === 'promote' || wish.intent === 'release-branch')
    ? { ...wish, artifactId }
    : wish;
}

/** The candidates with the text in their id, commit, branch, author or message. */
export function searchCandidates(
  candidates: ReleaseCandidate[],
  text: string,
): ReleaseCandidate[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (!wanted) return candidates;
  return candidates.filter(({ artifact }) =>
    [
      artifact.id,
      artifact.commit,
      artifact.branch,
      artifact.message,
      artifact.author?.name,
    ].some(part => part?.toLocaleLowerCase().includes(wanted)),
  );
}
