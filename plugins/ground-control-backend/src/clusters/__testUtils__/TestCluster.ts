import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { CreateClusterWatching } from '../types';
import { MemoryClusterWatching } from './MemoryClusterWatching';
import { deployment, gitRepository, kustomization } from './objects';

/** A cluster that answers whoever watches it, also several at a time. */
export class TestCluster {
  readonly watchings: MemoryClusterWatching[] = [];
  readonly #objects = new Map<string, object>();

  readonly create: CreateClusterWatching = (_, listener) => {
    const watching = new MemoryClusterWatching();
    watching.listener = listener;
    watching.onStart = () => watching.apply(...this.#objects.values());
    this.watchings.push(watching);
    return watching;
  };

  apply(...objects: object[]): void {
    for (const object of objects) {
      const { kind, metadata } = object as {
        kind: string;
        metadata: { name: string };
      };
      this.#objects.set(`${kind} ${metadata.name}`, object);
    }
    for (const one of this.watchings)
      if (one.started && !one.stopped) one.apply(...objects);
  }

  /** A service that runs an artifact, applied by the commit of a position. */
  run(service: string, position: number, artifactId: string): void {
    this.apply(
      gitRepository({ at: position }),
      kustomization({ service, applied: position }),
      deployment({ name: service, artifactId }),
    );
  }

  get watching(): MemoryClusterWatching {
    return this.watchings.at(-1)!;
  }
}

export function definitionOf(
  name: string,
  environment?: string,
): ClusterDefinition {
  return { name, environment, url: 'http://127.0.0.1', auth: { kind: 'none' } };
}
