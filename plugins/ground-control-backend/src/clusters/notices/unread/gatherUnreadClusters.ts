import { NoticeContext, Telling } from '../types';
import { decideUnreadClusters } from './decideUnreadClusters';
import { formatUnreadCluster } from './formatUnreadCluster';
import { readClusterConnections } from './readClusterConnections';
import { UnreadStep } from './types';
import {
  deleteUnreadNotice,
  readUnreadNotices,
  writeUnreadNotice,
} from './unreadRows';

/** Who is told of clusters that can't be read, and after how long. */
export interface UnreadOptions {
  /** Entity ref of the Group; without one nobody is told, and nothing is noted. */
  platformEngineers?: string;
  unreadMs: number;
}

function toTelling(
  entityRef: string | undefined,
  { before, after, tell, cluster }: UnreadStep,
): Telling {
  const notice = after ?? before;
  return {
    ...(tell &&
      notice &&
      cluster &&
      entityRef && {
        send: {
          recipients: { type: 'entity', entityRef },
          payload: formatUnreadCluster(notice, cluster, tell),
        },
      }),
    async note(tx) {
      if (after) await writeUnreadNotice(tx, after);
      else if (before) await deleteUnreadNotice(tx, before);
    },
  };
}

/** What platform engineers are told of clusters that can't be read. */
export async function gatherUnreadClusters(
  { knex, now }: Pick<NoticeContext, 'knex' | 'now'>,
  { platformEngineers, unreadMs }: UnreadOptions,
): Promise<Telling[]> {
  const notices = await readUnreadNotices(knex);
  const clusters = platformEngineers
    ? await readClusterConnections(knex, now)
    : [];
  return decideUnreadClusters({ notices, clusters, now, unreadMs }).map(step =>
    toTelling(platformEngineers, step),
  );
}
