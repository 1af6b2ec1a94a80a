import {
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { PairRow } from '../store/types';
import { FormatTime } from './createFormatTime';

/** Which clusters are linked, where that is known from elsewhere than samples. */
export interface LinkedPairs {
  /** The clusters whose links are known. */
  clusters: ReadonlySet<string>;
  /** Keys of the links from those clusters. */
  pairs: ReadonlySet<string>;
}

/** What of a link is shown. */
export interface CellOptions {
  window: LatencyWindow;
  percentile: LatencyPercentile;
  /** A source, for people. */
  labelOf(source: string): string;
  formatTime: FormatTime;
}

/** A link that was read; others may be given the same. */
export interface ReadPair {
  readonly row: PairRow;
  /** As it is while its source is heard of. */
  readonly cell: LinkCell;
}

/** How all links are read at once. */
export interface PairReading {
  read(knex: Knex, options: CellOptions): Promise<ReadPair[]>;
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
  /** How all links are read at once; anew by default. */
  pairs?: PairReading;
  /** Whether the reader may see a cluster; all by default. */
  maySee?: (cluster: string) => boolean;
}

/** Nothing but samples says which clusters are linked. */
export async function readNoLinkedPairs(): Promise<LinkedPairs> {
  return { clusters: new Set(), pairs: new Set() };
}
