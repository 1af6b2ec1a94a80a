import { ProblemRow, ServiceEnvironmentRow } from '../types';
import { placeKeyOf } from './placeKey';
import { subjectOf } from './problems';

/**
 * What the tables say after the last commit that was read, of the services that
 * commits were about since this process reads: enough to decide the next batch
 * without asking the database for each. Services that nobody releases take no
 * memory. A batch is decided on a {@link KnownState.draft}, which is kept only
 * when its transaction was.
 */
export class KnownState {
  readonly #current: Map<string, ServiceEnvironmentRow>;
  readonly #problems: Map<string, ProblemRow[]>;
  /** By the name of a service, the namespace of each place. */
  readonly #namespaces = new Map<string, Map<string, string>>();
  /** Names of services of which all rows are here. */
  readonly #loaded = new Set<string>();
  readonly #base?: KnownState;

  constructor(problems: ProblemRow[] = [], base?: KnownState) {
    this.#current = new Map();
    this.#problems = new Map();
    for (const problem of problems) {
      const subject = subjectOf(problem);
      const others = this.#problems.get(subject) ?? [];
      this.#problems.set(subject, [...others, problem]);
    }
    this.#base = base;
  }

  /** A copy to write on. */
  draft(): KnownState {
    return new KnownState([], this);
  }

  /** Of some names of services, those whose rows have to be loaded. */
  findUnloaded(names: Iterable<string>): string[] {
    return [...new Set(names)].filter(name => !this.#loaded.has(name));
  }

  /** Takes over all rows of services of these names. */
  load(names: string[], rows: ServiceEnvironmentRow[]): void {
    names.forEach(name => this.#loaded.add(name));
    rows.forEach(row => this.setCurrent(placeKeyOf(row), row));
  }

  /** Takes over what was written on the draft. */
  keep(draft: KnownState): void {
    draft.#current.forEach((row, key) => this.setCurrent(key, row));
    draft.#problems.forEach((problems, subject) => {
      if (problems.length > 0) this.#problems.set(subject, problems);
      else this.#problems.delete(subject);
    });
  }

  current(key: string): ServiceEnvironmentRow | undefined {
    return this.#current.get(key) ?? this.#base?.current(key);
  }

  setCurrent(key: string, row: ServiceEnvironmentRow): void {
    this.#current.set(key, row);
    const namespaces = this.#namespaces.get(row.service) ?? new Map();
    this.#namespaces.set(row.service, namespaces.set(key, row.namespace));
  }

  problems(subject: string): ProblemRow[] {
    return this.#problems.get(subject) ?? this.#base?.problems(subject) ?? [];
  }

  setProblems(subject: string, problems: ProblemRow[]): void {
    this.#problems.set(subject, problems);
  }

  /** The namespaces under which a service of that name is known. */
  namespacesOf(service: string): string[] {
    return [...new Set(this.#placesOf(service).values())];
  }

  #placesOf(service: string): Map<string, string> {
    const before = this.#base ? this.#base.#placesOf(service) : [];
    return new Map([...before, ...(this.#namespaces.get(service) ?? [])]);
  }
}
