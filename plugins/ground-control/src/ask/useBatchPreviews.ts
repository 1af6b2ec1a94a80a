import {
  formatServiceRef,
  ReleaseWish,
  RequestPreview,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live } from '../hooks/useLive';
import { usePreview } from '../hooks/usePreview';
import { findRollback, rollbackTo } from './decideRollback';

/** Of several services the same. */
export type BatchIntent = 'promote' | 'release-branch' | 'rollback';

/** What is asked for, for each of several services. */
export interface Batch {
  services: ServiceRef[];
  environment: string;
  intent: BatchIntent;
  branch: string;
  /** What is wished instead, by the ref of its service. */
  picked: Record<string, ReleaseWish>;
}

/** Who types the name of a branch asks once. */
const TYPING_MS = 400;

/**
 * What a batch would come to, in the order of its services. A rollback goes to
 * the release that its own form begins with; where there is none, it can't be
 * asked for here.
 */
export function useBatchPreviews(batch: Batch): Live<RequestPreview[]> {
  const t = usePagesText();
  const api = useGroundControlApi();

  const goBack = async (
    service: ServiceRef,
    environment: string,
    signal: AbortSignal,
  ) => {
    const choices = await api.getReleaseChoices(service, environment, signal);
    const found = findRollback(choices);
    return found && rollbackTo(found, service, environment);
  };

  return usePreview(
    batch,
    async ({ services, environment, intent, branch, picked }, signal) => {
      const wishes = await Promise.all(
        services.map(service => {
          const instead = picked[formatServiceRef(service)];
          if (instead) return instead;
          switch (intent) {
            case 'rollback':
              return goBack(service, environment, signal);
            case 'release-branch':
              return { service, environment, intent, branch };
            default:
              return { service, environment, intent };
          }
        }),
      );
      const known = wishes.filter(wish => wish !== undefined);
      const previews = known.length
        ? await api.previewRequests(known, signal)
        : [];
      return wishes.map((wish, i) =>
        wish
          ? previews[known.indexOf(wish)]
          : {
              wish: {
                service: services[i],
                environment,
                intent: 'rollback' as const,
                position: 0,
              },
              ask: {
                allowed: false as const,
                code: 'missing',
                message: t('batch.noneHealthy'),
              },
              verdicts: [],
              deciders: [],
              changes: { kind: 'unknown' as const, items: [] },
              diff: { files: [], unchangedFiles: 0 },
              targetClusters: [],
              supersedes: [],
            },
      );
    },
    { kinds: ['releases', 'requests'], delayMs: TYPING_MS },
  );
}
