import {
  Layout,
  LayoutPath,
  LayoutPlace,
  LoggedChange,
  LoggedCommit,
} from '@ground-control/backstage-plugin-ground-control-node';
import { cleanText } from '../../lib/cleanText';
import { displayPath } from '../displayPath';
import { isPlainName } from '../isPlainName';
import { CommitKind, ReleaseRow, ServiceEnvironmentRow } from '../types';
import { decideRelease, ReleaseFacts } from './decideRelease';
import { findArtifactProblems } from './findArtifactProblems';
import { KnownState } from './KnownState';
import { placeKey } from './placeKey';
import { FoundProblem, titleSubject } from './problems';
import { ProblemBook } from './ProblemBook';
import { BatchRows, Readings } from './types';

export interface DecideOptions {
  repository: string;
  layout: Layout;
  /** The configured ones; releases elsewhere are a problem. */
  environments: ReadonlySet<string>;
  readings: Readings;
}

const MAX_TITLE = 300;
/** A commit that touches more tells nobody what it did to each. */
const MAX_TOUCHED = 2_000;
const FOLDER = '040000';
const FILE = /^100/;

/** Whether a change's content has to be read before it can be decided. */
export function needsReading(
  change: LoggedChange,
  path: LayoutPath,
  environments: ReadonlySet<string>,
): 'artifact' | 'policy' | undefined {
  if (!FILE.test(change.mode) || change.id === change.oldId) return undefined;
  if (path.kind === 'policy') return 'policy';
  return path.kind === 'artifact' && isKnownPlace(path, environments)
    ? 'artifact'
    : undefined;
}

function isKnownPlace(
  place: LayoutPlace,
  environments: ReadonlySet<string>,
): boolean {
  return (
    environments.has(place.environment) &&
    isPlainName(place.folder) &&
    isPlainName(place.service)
  );
}

class CommitDecision {
  readonly #releases: ReleaseFacts[] = [];
  readonly #touched = new Map<string, [string, string, string]>();
  readonly #problems: ProblemBook;
  #policies = false;
  /** Artifacts changed in places that aren't shown. */
  #elsewhere = false;
  #unknownEnvironment?: string;

  constructor(
    private readonly batch: BatchRows,
    private readonly known: KnownState,
    private readonly commit: LoggedCommit,
    private readonly position: number,
    private readonly options: DecideOptions,
  ) {
    this.#problems = new ProblemBook(batch, known, {
      repository: options.repository,
      position,
      committedAt: commit.committedAt,
    });
  }

  decide() {
    const { layout } = this.options;
    const { changes } = this.commit;
    const message = layout.readMessage(this.commit.message);
    const paths = changes.map(change => layout.readPath(change.path));
    const trees = new Map<string, string>();
    changes.forEach((change, i) => {
      const path = paths[i];
      if (path.kind === 'release-folder' && change.mode === FOLDER) {
        trees.set(change.path, change.id);
      }
    });
    changes.forEach((change, i) => {
      const path = paths[i];
      switch (path.kind) {
        case 'artifact':
          this.#decideArtifact(change, path, trees, message);
          break;
        case 'manifest':
          this.#touch(path);
          break;
        case 'release-folder':
          if (change.status === 'D') this.#problems.find(change.path, []);
          break;
        case 'environment-folder':
          if (change.status === 'D') this.#problems.find(change.path, []);
          break;
        case 'policy':
          this.#decidePolicy(change, path.service);
          break;
        default:
      }
    });
    this.#finish(message);
  }

  #decideArtifact(
    change: LoggedChange,
    place: LayoutPlace,
    trees: Map<string, string>,
    message: ReturnType<Layout['readMessage']>,
  ) {
    const { environments, layout, readings } = this.options;
    const { environment, folder, service } = place;
    const folderPath = change.path.slice(0, change.path.lastIndexOf('/'));
    this.#elsewhere ||= !isKnownPlace(place, environments);
    if (!environments.has(environment)) {
      if (change.status === 'D') return;
      this.#problems.reportEnvironment(change.path);
      this.#unknownEnvironment ??= displayPath(environment).slice(0, 100);
      return;
    }
    if (!isKnownPlace(place, environments)) {
      const code = 'name-invalid';
      const text = `The folder "${displayPath(folderPath).slice(
        0,
        200,
      )}" has a name that no service or namespace can have, so it isn't shown. Use letters and digits in lower case with - between them, 63 at most.`;
      if (change.status !== 'D') {
        this.#problems.find(folderPath, [
          { code, message: text, path: folderPath },
        ]);
      }
      return;
    }
    if (change.id === change.oldId && change.mode !== change.oldMode) {
      this.#touch(place);
      return;
    }
    const deleted = change.status === 'D';
    const isFile = FILE.test(change.mode);
    let reading: ReturnType<Readings> | undefined;
    if (!deleted) {
      reading = isFile
        ? readings('artifact', change.id, change.path)
        : {
            kind: 'fault',
            fault: `The artifact can't be read: it is a symbolic link or a submodule. Replace it by a file.`,
          };
    }
    const key = placeKey(environment, folder, service);
    const before = this.known.current(key);
    if (deleted && !before) return;
    const facts = decideRelease({
      layout,
      place,
      change,
      reading,
      tree: trees.get(folderPath),
      commit: this.commit,
      message,
      position: this.position,
    });
    // A deleted file doesn't tell its namespace any more.
    if (deleted && before) {
      facts.namespace = before.namespace;
      facts.release.namespace = before.namespace;
    }
    this.#releases.push(facts);
    this.#replace(key, before, facts);
    this.#problems.find(
      change.path,
      reading
        ? findArtifactProblems(reading, place, facts.namespace, change.path)
        : [],
    );
    this.#problems.find(
      titleSubject({ environment, namespace: facts.namespace, service }),
      [],
    );
  }

  /** Makes a release the current one of its place. */
  #replace(
    key: string,
    before: ServiceEnvironmentRow | undefined,
    { release, described }: ReleaseFacts,
  ) {
    const { repository } = this.options;
    const { batch, position } = this;
    const replacedAt = {
      replaced_position: position,
      replaced_at: release.released_at,
    };
    if (before) {
      const { environment, namespace, service } = before;
      const earlier = batch.latest.get(key);
      if (earlier) Object.assign(earlier, replacedAt);
      else {
        batch.replaced.push({
          position: before.position,
          environment,
          namespace,
          service,
          ...replacedAt,
        });
      }
      if (namespace !== release.namespace) batch.gone.push(before);
    }
    const releaseRow: ReleaseRow = {
      repository,
      ...release,
      plan_only:
        !!described?.application_commit &&
        before?.application_commit === described.application_commit &&
        before.artifact_id !== described.artifact_id,
      replaced_position: null,
      replaced_at: null,
    };
    batch.releases.push(releaseRow);
    batch.latest.set(key, releaseRow);
    const row: ServiceEnvironmentRow = {
      repository,
      environment: release.environment,
      namespace: release.namespace,
      service: release.service,
      position,
      removed: release.intent === 'removed',
      artifact_id: release.artifact_id,
      application_commit: described?.application_commit ?? null,
      plan_commit: described?.plan_commit ?? null,
      branch: described?.branch ?? null,
      artifact_squad: described?.squad ?? null,
      intent: release.intent,
      released_at: release.released_at,
      by_name: release.by_name,
      behind: null,
    };
    batch.current.set(key, row);
    this.known.setCurrent(key, row);
    if (described) {
      const { namespace, service } = release;
      const { artifact, ...columns } = described;
      batch.artifacts.set(`${namespace}/${service}/${artifact.id}`, {
        repository,
        namespace,
        service,
        ...columns,
        in_repository: true,
        in_store: false,
      });
    }
  }

  #decidePolicy(change: LoggedChange, service: string | undefined) {
    this.#policies = true;
    const namespaces = service ? this.known.namespacesOf(service) : [];
    if (service && isPlainName(service)) {
      for (const namespace of namespaces.length > 0 ? namespaces : ['']) {
        this.#touched.set(`policy/${namespace}/${service}`, [
          '',
          namespace,
          service,
        ]);
      }
    }
    const found: FoundProblem[] = [];
    if (FILE.test(change.mode) && change.id !== change.oldId) {
      const reading = this.options.readings('policy', change.id, change.path);
      if (reading.kind === 'fault') {
        const ofService =
          namespaces.length === 1 ? { namespace: namespaces[0], service } : {};
        found.push({
          code: reading.tooLarge ? 'policy-too-large' : 'policy-invalid',
          message: reading.fault,
          path: change.path,
          ...ofService,
        });
      }
    } else if (change.id === change.oldId) {
      return;
    }
    this.#problems.find(change.path, found);
  }

  #touch(place: LayoutPlace) {
    if (!isKnownPlace(place, this.options.environments)) return;
    const { environment, folder, service } = place;
    const key = placeKey(environment, folder, service);
    if (this.#touched.size < MAX_TOUCHED) {
      const namespace =
        this.known.current(key)?.namespace ??
        this.options.layout.readNamespace(place);
      this.#touched.set(key, [environment, namespace, service]);
    }
  }

  #finish(message: ReturnType<Layout['readMessage']>) {
    const { repository } = this.options;
    const { commit, position, batch } = this;
    const released = this.#releases.length > 0;
    for (const { release } of this.#releases) {
      this.#touched.delete(
        placeKey(
          release.environment,
          release.namespace || release.environment,
          release.service,
        ),
      );
    }
    const kind = this.#decideKind();
    // A release that isn't shown is one all the same.
    const releasedNothing = !released && !this.#elsewhere;
    // Only the first release of a commit can be the one its message is about.
    const believed = this.#releases.find(
      ({ release }) =>
        release.intent !== 'hand-edit' && release.intent !== 'removed',
    )?.release;
    batch.commits.push({
      repository,
      position,
      revision: commit.revision,
      kind,
      committed_at: commit.committedAt,
      title: cleanText(commit.message.split('\n', 1)[0], MAX_TITLE),
      by_name: believed?.by_name ?? cleanText(commit.authorName, 200),
      by_email: believed?.by_email ?? cleanText(commit.authorEmail, 200),
      only_looks_like_release: releasedNothing && message !== undefined,
      unknown_environment: this.#unknownEnvironment ?? null,
    });
    for (const [environment, namespace, service] of this.#touched.values()) {
      batch.commitServices.push({
        repository,
        position,
        environment,
        namespace,
        service,
      });
    }
    if (releasedNothing && message)
      this.#problems.reportTitle(message, this.commit.revision);
  }

  #decideKind(): CommitKind {
    if (this.#releases.length > 0) return 'release';
    if (this.#policies) return 'policy';
    return this.#touched.size > 0 ? 'manifest' : 'other';
  }
}

/**
 * Decides all that one commit changes, given what was known before it. Pure
 * but for the batch and the draft, which it writes on: rows of this commit
 * build on those of the commits before it in the same batch.
 */
export function decideCommit(
  batch: BatchRows,
  known: KnownState,
  commit: LoggedCommit,
  position: number,
  options: DecideOptions,
): void {
  new CommitDecision(batch, known, commit, position, options).decide();
}
