import { displayPath } from '../displayPath';
import { ProblemRow } from '../types';
import { KnownState } from './KnownState';
import { placeKeyOf } from './placeKey';
import { FoundProblem, formatProblemRow, titleSubject } from './problems';
import { BatchRows } from './types';

/** Opens and closes problems for one commit. */
export class ProblemBook {
  constructor(
    private readonly batch: BatchRows,
    private readonly known: KnownState,
    private readonly at: {
      repository: string;
      position: number;
      committedAt: number;
    },
  ) {}

  /** Sets what is wrong with a subject; what was wrong and isn't is mended. */
  find(subjectOrPath: string, found: FoundProblem[]) {
    const subject = subjectOrPath.startsWith('\0')
      ? subjectOrPath
      : displayPath(subjectOrPath);
    const before = this.known.problems(subject);
    if (before.length === 0 && found.length === 0) return;
    const rows: ProblemRow[] = found.map(problem =>
      formatProblemRow(problem, this.at),
    );
    for (const row of rows) {
      // A problem that goes on keeps its beginning.
      const same = before.find(old => old.problem_key === row.problem_key);
      if (same)
        Object.assign(row, { since: same.since, position: same.position });
      if (same?.message !== row.message) {
        this.#noteChange(row.problem_key, same);
      }
      this.batch.mended.delete(row.problem_key);
      this.batch.problems.set(row.problem_key, row);
    }
    for (const old of before) {
      if (!rows.some(row => row.problem_key === old.problem_key)) {
        this.#noteChange(old.problem_key, old);
        this.batch.problems.delete(old.problem_key);
        this.batch.mended.add(old.problem_key);
      }
    }
    this.known.setProblems(subject, rows);
  }

  /** So that a rewritten history finds what stood before this commit. */
  #noteChange(problemKey: string, before: ProblemRow | undefined) {
    const { repository, position } = this.at;
    const key = `${position} ${problemKey}`;
    // Of one commit's changes of a problem the first knows how it was.
    if (this.batch.problemChanges.has(key)) return;
    this.batch.problemChanges.set(key, {
      repository,
      position,
      problem_key: problemKey,
      earlier: before ? JSON.stringify(before) : null,
    });
  }

  /** Once for each environment that isn't configured. */
  reportEnvironment(path: string) {
    const [environment] = path.split('/');
    const folder = `${environment}/releases`;
    const name = `"${displayPath(environment).slice(0, 100)}"`;
    this.find(folder, [
      {
        code: 'environment-unknown',
        message: `There are releases for ${name}, which isn't a configured environment, so they aren't shown. Add it to groundControl.environments, or remove the folder.`,
        path: folder,
      },
    ]);
  }

  /**
   * A title that looks like a release of a service that exists misleads
   * release-manager, which believes titles, until the service's next release.
   */
  reportTitle(
    { environment, service }: { environment: string; service: string },
    revision: string,
  ) {
    const name = service.toLowerCase();
    for (const namespace of this.known.namespacesOf(name)) {
      const place = {
        environment: environment.toLowerCase(),
        namespace,
        service: name,
      };
      const current = this.known.current(placeKeyOf(place));
      // Elsewhere the same folder may stand for another namespace.
      if (current?.namespace === namespace) {
        this.find(titleSubject(place), [
          {
            code: 'title-only-looks-like-release',
            message: `Commit ${revision.slice(
              0,
              10,
            )} has the title of a release but released nothing. release-manager takes it for one until the next release here; don't begin titles with [environment/service].`,
            ...place,
          },
        ]);
      }
    }
  }
}
