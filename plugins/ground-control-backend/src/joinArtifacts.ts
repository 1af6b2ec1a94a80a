import { LifecycleService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ArtifactStore,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { ArtifactsService, forgetStoreProblems } from './artifacts';
import { ChangeHub } from './lib/ChangeHub';

/** What the reading of the artifact store is joined with. */
export interface ArtifactsOptions {
  lifecycle: LifecycleService;
  logger: LoggerService;
  knex: Knex;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  store?: ArtifactStore;
  pollIntervalMs: number;
  /** What goes first when a backend starts. */
  after: Promise<void>;
}

/** Joins what looks into the artifact store, and starts it; without one, nothing is wrong with it. */
export async function joinArtifacts(options: ArtifactsOptions): Promise<void> {
  const { after, lifecycle, store } = options;
  if (!store) {
    await forgetStoreProblems(options.knex, options.repository);
    return;
  }
  const artifacts = new ArtifactsService({ ...options, store });
  lifecycle.addShutdownHook(() => artifacts.stop());
  artifacts.start(after);
}
