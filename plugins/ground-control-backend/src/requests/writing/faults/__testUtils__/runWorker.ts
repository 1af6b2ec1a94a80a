import { appendFileSync } from 'node:fs';
import knexFactory from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { FolderArtifactStore } from '../../../../artifacts';
import { openDatabase } from '../../../../database/openDatabase';
import { GitopsService, releaseManagerLayout } from '../../../../gitops';
import { ChangeHub } from '../../../../lib/ChangeHub';
import { CommitSettler } from '../../CommitSettler';
import { RequestWriter, RequestWriterOptions } from '../../RequestWriter';
import { WritingOptions } from '../../types';
import { standStill } from './Halt';
import { WriterSettings } from './types';

const WHO = { name: 'Ground Control', email: 'ground-control@example.com' };

/**
 * Is, in a process of its own, what of the backend writes releases, and nothing
 * else. The test that starts it kills it.
 *
 * @param makeOthers - those who make other commits
 */
export async function runWorker(
  makeOthers?: (options: WritingOptions) => RequestWriterOptions['others'],
): Promise<void> {
  const settings: WriterSettings = JSON.parse(process.argv[2]);
  const { halt, remote } = settings;

  const log =
    (level: string) =>
    (message: string, meta?: object): void =>
      appendFileSync(
        settings.logFile,
        `${process.pid} ${level} ${message} ${meta ?? ''}\n`,
      );
  const logger: LoggerService = {
    error: log('error'),
    warn: log('warn'),
    info: log('info'),
    debug: log('debug'),
    child: () => logger,
  };

  const knex = knexFactory(settings.database);
  if (halt) {
    const marked = new Set<string>();
    const pattern = new RegExp(halt.beforeCommitOf);
    knex.on('query', ({ sql, bindings = [], __knexTxId: tx }) => {
      if (pattern.test(`${sql} ${bindings.join(' ')}`)) marked.add(tx);
      if (/^commit/i.test(sql) && marked.has(tx)) standStill(halt.folder);
    });
  }

  const hub = new ChangeHub({
    onError: error => logger.error(String(error)),
    gatherMs: 20,
  });
  const common = {
    knex,
    logger,
    hub,
    repository: 'default',
    layout: releaseManagerLayout,
  };
  const mirror = new Mirror({
    remote: parseRemoteUrl(remote.url),
    branch: 'master',
    directory: settings.directory,
    timeoutMs: settings.timeoutMs,
    logger,
    readCredentials: async () => remote,
  });
  const gitops = new GitopsService({
    ...common,
    identity: { url: remote.url, branch: 'master' },
    environments: ['dev', 'prod'],
    pollIntervalMs: settings.pollIntervalMs ?? 500,
    leaseTtlMs: settings.leaseTtlMs,
    mirror,
  });
  const settler = new CommitSettler({ ...common, mirror });
  const writing: WritingOptions = {
    ...common,
    mirror,
    store: new FolderArtifactStore(settings.storeFolder),
    judge: { rejudge: async () => ({ kind: 'go' }) },
    writing: { author: WHO, committer: WHO, signing: settings.signing },
    wantFetch: () => gitops.wantFetch(),
  };
  const writer = new RequestWriter({
    ...writing,
    others: makeOthers?.(writing),
    intervalMs: 50,
    leaseTtlMs: settings.leaseTtlMs,
  });

  process.on('disconnect', () => process.exit());
  process.on('unhandledRejection', error => {
    logger.error(`unhandled: ${error}`);
    process.exit(1);
  });

  await openDatabase({
    getClient: async () => knex,
    migrations: { skip: true },
  });
  await gitops.start();
  settler.start();
  writer.start();
  process.send?.({ started: true });
}
