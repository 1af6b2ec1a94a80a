import {
  isObjectId,
  SourceCommitQuery,
  SourceHistory,
  SourceHistoryFault,
  SourceService,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../lib/cleanText';
import { Questions } from './decideQuestions';
import { placeCommits } from './placeCommits';
import { BehindCommits, Build, SourceCommitRow } from './types';

/** Rows of `source_commits` without what names the service. */
export type PlacedCommit = Pick<
  SourceCommitRow,
  'source_commit' | 'artifact_id' | 'author' | 'title' | 'committed_at'
>;

/** What a source history said of a service. */
export type HistoryAnswers =
  | { kind: SourceHistoryFault; fault: string }
  | {
      kind: 'answered';
      /** Absent when they weren't asked for. */
      placed?: PlacedCommit[];
      behind: BehindCommits[];
      /** Commits of builds that the history doesn't have. */
      unknown: string[];
    };

/** More than this are told as builds. */
const MAX_BEHIND = 1_000;
const MAX_TITLE = 300;
const MAX_AUTHOR = 200;

/** Asks all questions about one service. Throws only when it is aborted. */
export async function askHistory(options: {
  history: SourceHistory;
  of: SourceService;
  builds: Build[];
  questions: Questions;
  mainBranch: string;
  since: number;
  limit: number;
  signal: AbortSignal;
}): Promise<HistoryAnswers> {
  const { history, of, builds, questions, signal } = options;
  const unknown = new Set<string>();
  const ask = (query: Omit<SourceCommitQuery, 'of' | 'signal'>) =>
    history.findCommits({ of, signal, ...query });

  let placed: PlacedCommit[] | undefined;
  if (questions.place) {
    const to = [...new Set(builds.map(build => build.commit))];
    const { since, limit } = options;
    const answer =
      to.length === 0
        ? { commits: [], unknown: [] }
        : await ask({ to, notIn: [], since, limit });
    if ('kind' in answer) return answer;
    answer.unknown.forEach(id => unknown.add(id));
    const artifactOf = placeCommits(builds, answer.commits, options.mainBranch);
    placed = answer.commits.flatMap(commit => {
      const artifact_id = artifactOf.get(commit.commit);
      if (artifact_id === undefined || !isObjectId(commit.commit)) return [];
      return [
        {
          source_commit: commit.commit,
          artifact_id,
          author: cleanText(commit.author, MAX_AUTHOR),
          title: cleanText(commit.title, MAX_TITLE),
          committed_at: commit.committedAt,
        },
      ];
    });
  }

  const behind: BehindCommits[] = [];
  for (const pair of questions.pairs) {
    if (pair.from === pair.to) {
      behind.push({ ...pair, count: 0 });
      continue;
    }
    const answer = await ask({
      to: [pair.to],
      notIn: [pair.from],
      limit: MAX_BEHIND,
    });
    if ('kind' in answer) return answer;
    answer.unknown.forEach(id => unknown.add(id));
    // Without one of the two, whatever was counted counts something else.
    if (answer.unknown.length > 0) continue;
    const { length } = answer.commits;
    behind.push({ ...pair, count: answer.complete ? length : null });
  }
  return { kind: 'answered', placed, behind, unknown: [...unknown] };
}
