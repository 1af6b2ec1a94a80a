import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../company/types.ts';
import { renderArtifact } from '../render/renderArtifact.ts';
import { renderManifests } from '../render/renderManifests.ts';
import type { Build } from '../simulation/types.ts';
import { Packer, zip } from './zip.ts';

/** A folder in place of the bucket: `<service>/<artifact id>`, each a zip. */
export class ArtifactStore {
  private readonly folder: string;
  private readonly packer = new Packer();
  private readonly made = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  add(service: Service, build: Build): void {
    const folder = join(this.folder, service.name);
    if (!this.made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.made.add(folder);
    }
    const files = [
      { name: 'artifact.json', content: renderArtifact(service, build) },
    ];
    for (const environment of service.environments) {
      for (const file of renderManifests(service, environment, build)) {
        files.push({ ...file, name: `${environment}/${file.name}` });
      }
    }
    // Whoever lists the store never meets half a zip.
    const partial = join(this.folder, '.partial');
    writeFileSync(partial, zip(files, this.packer));
    renameSync(partial, join(folder, build.id));
  }
}
