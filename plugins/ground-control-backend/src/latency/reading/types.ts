import { Knex } from 'knex';

/** Which clusters are linked, where that is known from elsewhere than samples. */
export interface LinkedPairs {
  /** The clusters whose links are known. */
  clusters: ReadonlySet<string>;
  /** Keys of the links from those clusters. */
  pairs: ReadonlySet<string>;
}

/** What reading of links needs. */
export interface LinkReadContext {
  knex: Knex;
  now: Date;
  /**
   * Which clusters are linked. Of clusters that aren't in it, a link is what a
   * source measures.
   */
  readLinkedPairs: (knex: Knex) => Promise<LinkedPairs>;
  /** Whether the reader may see a cluster; all by default. */
  maySee?: (cluster: string) => boolean;
}

/** Nothing but samples says which clusters are linked. */
export async function readNoLinkedPairs(): Promise<LinkedPairs> {
  return { clusters: new Set(), pairs: new Set() };
}
