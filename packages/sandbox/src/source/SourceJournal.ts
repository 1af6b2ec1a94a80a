import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildEvent } from '../simulation/types.ts';

/** A line of a journal: a commit object, or where a branch stands. */
export type JournalLine =
  | { commit: string }
  | { branch: string; sha: string | null };

/** Where the pushes of a service are written down. */
export function journalPath(folder: string, service: string): string {
  return join(folder, `${service}.jsonl`);
}

/**
 * Writes down what is pushed to services' own repositories. The repositories
 * are made of it when somebody first asks for them: hardly anybody asks for
 * all, and most worlds of tests for none.
 */
export class SourceJournal {
  private readonly folder: string;
  private readonly lines = new Map<string, string[]>();

  constructor(folder: string) {
    this.folder = folder;
  }

  add({ service, push }: BuildEvent): void {
    if (!push) {
      return;
    }
    const lines = this.lines.get(service.name) ?? [];
    this.lines.set(service.name, lines);
    const write = (line: JournalLine) => lines.push(JSON.stringify(line));
    push.commits.forEach(({ body }) => write({ commit: body }));
    for (const [branch, sha] of Object.entries(push.refs)) {
      write({ branch, sha });
    }
  }

  /** Writes all; before anybody may learn of the builds. */
  finish(): void {
    mkdirSync(this.folder, { recursive: true });
    for (const [service, lines] of this.lines) {
      appendFileSync(
        journalPath(this.folder, service),
        lines.map(line => `${line}\n`).join(''),
      );
    }
    this.lines.clear();
  }
}
