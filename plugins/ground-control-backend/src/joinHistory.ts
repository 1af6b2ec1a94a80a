import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { SourceHistory } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import {
  forgetHistoryProblems,
  GitSourceHistory,
  SourceHistoryService,
  SourceHistorySettings,
} from './history';
import { ChangeHub } from './lib/ChangeHub';
import { parseSettings } from './releases';

/** What the reading of services' own repositories is joined with. */
export interface HistoryOptions {
  config: RootConfigService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  settings: SourceHistorySettings;
  /** Instead of the configured one. */
  history?: SourceHistory;
}

/** Ingest and the clusters go first when a backend starts. */
const FIRST_AFTER_MS = 15_000;

/** Joins what asks which commits lie between builds, and starts it; without a source, nothing is wrong with it. */
export async function joinHistory(options: HistoryOptions): Promise<void> {
  const { config, lifecycle, logger } = options;
  const { git, ...settings } = options.settings;
  const history =
    options.history ?? (git && new GitSourceHistory({ ...git, logger }));
  if (!history) {
    await forgetHistoryProblems(options.knex, options.repository);
    return;
  }
  const service = new SourceHistoryService({
    ...options,
    ...settings,
    history,
    mainBranch: parseSettings(config).mainBranch,
    firstAfterMs: FIRST_AFTER_MS,
  });
  lifecycle.addShutdownHook(() => service.stop());
  service.start();
}
