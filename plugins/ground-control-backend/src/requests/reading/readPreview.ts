import {
  Permit,
  ReleaseWish,
  RequestPreview,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactFile } from '@ground-control/backstage-plugin-ground-control-node';
import { ReadContext } from '../../releases';
import { ExaminedWish } from '../ask/AskService';
import { decideWait } from '../ask/decideAsk';
import { tryListDeciders } from '../people/tryListDeciders';
import { ResolvedRelease } from '../resolve/types';
import { readChanges } from './readChanges';
import { readCurrent } from './readCurrent';
import { FileSource, readDiff } from './readDiff';
import { readTargetClusters } from './readTargetClusters';
import { formatRequestId } from './requestId';
import { Reader, ReadingOptions } from './types';

function toSources(
  release: ResolvedRelease,
  files: ArtifactFile[] | undefined,
): { from: FileSource; to: FileSource } {
  const { artifact, current, digest, environment, intent, service } = release;
  return {
    from: current?.tree
      ? { kind: 'tree', tree: current.tree }
      : { kind: 'none' },
    to:
      intent === 'rollback'
        ? { kind: 'tree', tree: digest }
        : {
            kind: 'artifact',
            service,
            environment,
            artifactId: artifact.id,
            digest,
            files,
          },
  };
}

/** Who would have to be asked; nobody where nobody has to decide. */
async function listDeciders(
  { deciders }: ReadingOptions,
  { release, judgement }: ExaminedWish,
  { person }: Reader,
  signal?: AbortSignal,
): Promise<Pick<RequestPreview, 'deciders' | 'decidersUnknown'>> {
  const needed = judgement?.requirement;
  if (!release || !needed || (needed.approvals === 0 && !needed.platform)) {
    return { deciders: [] };
  }
  return tryListDeciders(
    deciders,
    {
      squadRef: release.squadRef,
      platformNeeded: needed.platform,
      requestedBy: person,
    },
    { except: person ? [person] : [], signal },
  );
}

/**
 * Reads what a wish would come to; that the reader may see the service was
 * asked before.
 */
export async function readPreview(
  context: ReadContext,
  options: ReadingOptions & {
    wish: ReleaseWish;
    reader: Reader;
    /** Whether the reader may ask for releases of the service. */
    permit: Permit;
    signal?: AbortSignal;
  },
): Promise<RequestPreview> {
  const { wish, reader, permit, settings, policies, requests, signal } =
    options;
  const { service, environment } = wish;
  const examined = await requests.examineWish(wish, signal);
  const { files, release, judgement } = examined;
  const sources = release && toSources(release, files);
  const isRollback = wish.intent === 'rollback';
  const [current, targetClusters, decided, changes, diff, autoRelease] =
    await Promise.all([
      readCurrent(context, { settings, service, environment }),
      readTargetClusters(context.knex, environment),
      listDeciders(options, examined, reader, signal),
      release
        ? readChanges(context.knex, {
            repository: context.repository,
            service,
            environment,
            mainBranch: settings.mainBranch,
            runningId: release.current?.artifactId,
            requestedId: release.artifact.id,
          })
        : undefined,
      sources ? readDiff(sources.from, sources.to, options) : undefined,
      isRollback ? policies.readAutoRelease(service, environment) : undefined,
    ]);
  // Why it can't be asked for is why there is nothing to compare.
  const why = examined.ask.allowed ? '' : examined.ask.message;
  return {
    wish,
    ask: permit.allowed ? examined.ask : permit,
    ...(release && { artifactId: release.artifact.id }),
    ...(release && { artifact: release.artifact }),
    ...(current && { current: current.release }),
    verdicts: judgement?.verdicts ?? [],
    ...(judgement && { requirement: judgement.requirement }),
    ...(release &&
      judgement &&
      examined.ask.allowed && { waitsFor: decideWait({ release, judgement }) }),
    ...decided,
    changes: changes ?? { kind: 'unknown', items: [], message: why },
    diff: diff ?? { files: [], unchangedFiles: 0, missing: why },
    targetClusters,
    ...(autoRelease && { autoReleaseOf: autoRelease.branch }),
    supersedes: examined.supersedes.map(formatRequestId),
  };
}
