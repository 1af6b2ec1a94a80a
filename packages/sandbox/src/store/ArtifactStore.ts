import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '../company/types.ts';
import { renderArtifact } from '../render/renderArtifact.ts';
import { renderManifests } from '../render/renderManifests.ts';
import type { Build } from '../simulation/types.ts';
import { Packer, zip } from './zip.ts';

/** As many files are written at once, while git and we work on. */
const MOST_AT_ONCE = 64;

/** A folder in place of the bucket: `<service>/<artifact id>`, each a zip. */
export class ArtifactStore {
  private readonly folder: string;
  private readonly packer = new Packer();
  private readonly made = new Map<string, Promise<unknown>>();
  private readonly writing = new Set<Promise<void>>();
  private failure: unknown;
  private count = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Begins to write an artifact; `room` and `finish` tell of failures. */
  add(service: Service, build: Build): void {
    const files = [
      { name: 'artifact.json', content: renderArtifact(service, build) },
    ];
    for (const environment of service.environments) {
      for (const file of renderManifests(service, environment, build)) {
        files.push({ ...file, name: `${environment}/${file.name}` });
      }
    }
    const bytes = zip(files, this.packer);
    const written = this.write(service.name, build.id, bytes)
      .catch(error => {
        this.failure = error;
      })
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  private async write(service: string, id: string, bytes: Buffer) {
    const folder = join(this.folder, service);
    let made = this.made.get(folder);
    if (!made) {
      made = mkdir(folder, { recursive: true });
      this.made.set(folder, made);
    }
    // Whoever lists the store never meets half a zip.
    this.count += 1;
    const partial = join(this.folder, `.partial-${process.pid}-${this.count}`);
    await made;
    await writeFile(partial, bytes);
    await rename(partial, join(folder, id));
  }

  /** Waits while too much is being written. */
  async room(): Promise<void> {
    while (this.writing.size >= MOST_AT_ONCE) {
      await Promise.race(this.writing);
    }
    this.check();
  }

  /** Waits until everything is written: before a commit may name it. */
  async finish(): Promise<void> {
    await Promise.all(this.writing);
    this.check();
  }

  private check(): void {
    if (this.failure) {
      throw new Error('An artifact could not be written', {
        cause: this.failure,
      });
    }
  }
}
