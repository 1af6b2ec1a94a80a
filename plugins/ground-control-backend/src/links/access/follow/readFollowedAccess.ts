import {
  AccessWish,
  AskedAccess,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { LinkReadContext } from '../../../latency/reading/types';
import { parseFollowed } from '../../../requests/following/parseFollowed';
import { readCommitStandings } from '../../../requests/following/readCommitStandings';
import { readAskedAccess } from '../../../requests/store/readAskedAccess';
import { readRequestClusters } from '../../../requests/store/readRequestClusters';
import { readExported, readIngresses } from '../../store';
import { part } from '../../entries/decide/part';
import { EntrySubject } from '../../entries/decide/types';
import { readEntryFacts } from '../../entries/reading/readEntryFacts';
import { readHeard } from '../../entries/reading/readHeard';
import { readEntries } from '../../entries/store/readEntries';
import { GatewaySettings } from '../../entries/types';
import { decideFile, PlacedFile } from './decideFile';
import { AccessFollowFacts } from './types';

interface CommittedRow {
  number: number;
  revision: string;
  since: number | string;
  deadline_at: number | string | null;
  commit_position: number | null;
}

/** Of one round; the others have their turn in the next. */
const MOST = 500;

function toSubject(
  { entryId, wish }: AskedAccess,
  gateway: GatewaySettings,
): EntrySubject {
  const { kind, name, cluster } = wish;
  return {
    kind,
    id: entryId,
    name,
    cluster,
    namespace: kind === 'target' ? gateway.namespace : wish.namespace ?? '',
    dnsName: wish.dnsName ?? null,
    port: wish.port ?? null,
    squad: wish.squad ?? null,
    line: null,
    declared: part('yes', 'declared'),
  };
}

async function readFile(knex: Knex, repository: string): Promise<PlacedFile> {
  const [file, tips] = await Promise.all([
    readEntries(knex, repository),
    knex('repositories').where({ repository }).first('tip'),
  ]);
  const { revision = '' } = file ?? {};
  const commit = await knex('commits')
    .where({ repository, revision })
    .first('position');
  return {
    file,
    position: commit?.position ?? null,
    isTip: file !== undefined && tips?.tip === revision,
  };
}

function queryCommitted(
  knex: Knex,
  repository: string,
): Promise<CommittedRow[]> {
  return knex('release_requests as q')
    .where({
      'q.repository': repository,
      'q.kind': 'access',
      'q.state': 'committed',
    })
    .whereNotNull('q.revision')
    .leftJoin('commits as c', {
      'c.repository': 'q.repository',
      'c.revision': 'q.revision',
    })
    .orderBy('q.number')
    .limit(MOST)
    .select(
      'q.number',
      'q.revision',
      'q.since',
      'q.deadline_at',
      'c.position as commit_position',
    );
}

/** Reads committed requests for access with all that is known of their entries. */
export async function readFollowedAccess(
  context: Omit<LinkReadContext, 'maySee'> & { repository: string },
  gateway: GatewaySettings,
): Promise<Array<Omit<AccessFollowFacts, 'now' | 'deadlineMs'>>> {
  const { knex, now, repository } = context;
  const rows = await queryCommitted(knex, repository);
  if (rows.length === 0) return [];
  const numbers = rows.map(({ number }) => number);
  const [commits, asked, before, file, exported, ingresses, { heard }] =
    await Promise.all([
      readCommitStandings(knex, repository, rows),
      readAskedAccess(knex, numbers),
      readRequestClusters(knex, numbers),
      readFile(knex, repository),
      readExported(knex),
      readIngresses(knex),
      readHeard(knex, now),
    ]);
  const wishes: AccessWish[] = [...asked.values()].map(({ wish }) => wish);
  const facts = await readEntryFacts(context, {
    heard,
    exported,
    ingresses,
    names: wishes.map(({ name }) => name),
  });
  return rows.flatMap(row => {
    const { number, revision } = row;
    const own = asked.get(number);
    if (!own) return [];
    const { wish, entryId } = own;
    const commit = commits.get(number)!;
    return {
      request: {
        number,
        revision,
        since: Number(row.since),
        deadline_at: row.deadline_at === null ? null : Number(row.deadline_at),
      },
      wish,
      subject: toSubject(own, gateway),
      commit,
      file: decideFile({
        ...file,
        wish,
        entryId,
        commit,
        commitPosition: row.commit_position,
      }),
      facts,
      before: (before.get(number) ?? []).map(parseFollowed),
    };
  });
}
