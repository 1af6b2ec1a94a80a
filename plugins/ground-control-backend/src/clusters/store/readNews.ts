import { Knex } from 'knex';

/** What others leave in the database for whoever watches clusters. */
export interface News {
  /** The last commit that was read; 0 where there is none. */
  position: number;
  /** Differs when positions mean other commits than before. */
  history: string;
  /** History is being read, and most of what is current isn't for long. */
  isFarBehind: boolean;
  /** Wishes to look at a cluster at once; each differs from the one before. */
  looks: Map<string, string>;
}

/** More commits than come while people release. */
const FAR_BEHIND = 500;

/** One question, asked every second. */
export async function readNews(knex: Knex, repository: string): Promise<News> {
  const rows = await knex('repositories as r')
    .leftJoin('clusters as c', function wanted() {
      this.onNotNull('c.look_wanted_at');
    })
    .where({ 'r.repository': repository })
    .select(
      'r.position',
      'r.remote_position',
      'r.rewritten_at',
      'r.url_hash',
      'r.format',
      'c.cluster',
      'c.look_wanted_at',
    );
  const [first] = rows;
  return {
    position: first?.position ?? 0,
    history: first
      ? `${first.url_hash} ${first.format} ${first.rewritten_at ?? ''}`
      : '',
    isFarBehind:
      Number(first?.remote_position ?? 0) - Number(first?.position ?? 0) >
      FAR_BEHIND,
    looks: new Map(
      rows
        .filter(row => row.cluster)
        .map(row => [row.cluster, String(row.look_wanted_at)]),
    ),
  };
}
