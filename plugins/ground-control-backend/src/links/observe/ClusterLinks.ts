import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { ClusterReading, ClusterWatching } from '../../clusters/types';
import { ChangeHub } from '../../lib/ChangeHub';
import { Gathered } from '../../lib/Gathered';
import { LinkWatch, readLinkWatch } from '../store';
import { writeLinkWatch } from '../store/writeLinkWatch';
import { decideKnown, decideStanding, KindStanding } from './decideStandings';
import { linkKinds } from './linkKinds';
import { LinkSections } from './LinkSections';

export interface ClusterLinksOptions {
  cluster: string;
  knex: Knex;
  hub: ChangeHub;
  logger: LoggerService;
  watching: ClusterWatching;
  /** A transaction that writes only while we hold the cluster's lease. */
  transact: (work: (tx: Knex.Transaction) => Promise<void>) => Promise<void>;
  /** Told when a write was refused. */
  onLost: (error: unknown) => void;
  /** From one round of writing to the next. */
  leastMs?: number;
  /** After a round that failed. */
  retryMs?: number;
}

/** A single change is written after so long; it is what people wait for. */
const SOON_MS = 25;
const LEAST_BETWEEN_MS = 1_000;
const RETRY_MS = 2_000;
/** How often it is written that nothing is new. */
const HEARTBEAT_MS = 15_000;

const KINDS = new Set(linkKinds.map(({ id }) => id));

/**
 * What one cluster says of links, kept in rows while we hold its lease. What
 * it said last stays when it can't be reached; what can't be read isn't known,
 * and isn't none.
 */
export class ClusterLinks {
  readonly #options: ClusterLinksOptions;
  readonly #sections: LinkSections;
  readonly #gathered: Gathered;
  readonly #standings = new Map<string, KindStanding>();
  #watch: LinkWatch;
  #writtenAt = -Infinity;
  #saidFault?: string;

  private constructor(
    options: ClusterLinksOptions,
    sections: LinkSections,
    watch: LinkWatch,
  ) {
    this.#options = options;
    this.#sections = sections;
    this.#watch = watch;
    this.#gathered = new Gathered({
      work: () => this.#round(),
      soonMs: SOON_MS,
      leastMs: options.leastMs ?? LEAST_BETWEEN_MS,
      retryMs: options.retryMs ?? RETRY_MS,
      onError: error => this.#onError(error),
    });
  }

  /** Reads what was written last. */
  static async load(options: ClusterLinksOptions): Promise<ClusterLinks> {
    const { knex, cluster } = options;
    const sections = await LinkSections.load(options);
    const [watch] = await readLinkWatch(knex, { cluster });
    return new ClusterLinks(
      options,
      sections,
      watch ?? {
        cluster,
        linksKnown: false,
        servicesKnown: false,
        ingressesKnown: false,
        observedAt: null,
      },
    );
  }

  onObject(kind: string): void {
    if (!KINDS.has(kind)) return;
    this.#sections.changed(kind);
    this.#gathered.want();
  }

  /** How kinds are read may be otherwise than before. */
  onReading(): void {
    this.#gathered.want();
  }

  async stop(): Promise<void> {
    await this.#gathered.stop();
  }

  async #round() {
    const { watching, transact, hub } = this.#options;
    const { reading } = watching;
    // Nothing of a cluster that is another one is believed.
    if (reading.state === 'mistaken') return;
    this.#noteStandings(reading);
    await this.#sections.bring(kind => this.#standingOf(kind), Date.now());
    const watch = this.#decideWatch(reading);
    const { observedAt: ignored, ...flags } = watch;
    const { observedAt: heardAt, ...before } = this.#watch;
    const isOther = !isDeepStrictEqual(flags, before);
    const isDue =
      watch.observedAt !== heardAt &&
      (heardAt === null || Date.now() - this.#writtenAt >= HEARTBEAT_MS);
    if (isOther || isDue) {
      await transact(tx => writeLinkWatch(tx, watch));
      this.#watch = watch;
      this.#writtenAt = Date.now();
    }
    const isNews = this.#sections.takeNews();
    if (isOther || isNews) await hub.publish({ kind: 'links' });
    this.#mended();
  }

  #noteStandings({ kinds }: ClusterReading) {
    for (const id of KINDS) {
      const kind = kinds.find(one => one.id === id);
      const before = this.#standingOf(id);
      const standing = decideStanding(kind, before);
      if (standing === before) continue;
      this.#standings.set(id, standing);
      this.#sections.changed(id);
    }
  }

  #standingOf(kind: string): KindStanding {
    return this.#standings.get(kind) ?? 'unread';
  }

  #decideWatch({ kinds }: ClusterReading): LinkWatch {
    const before = this.#watch;
    const standing = this.#standingOf('links');
    const services = [
      this.#standingOf('mirroredServices'),
      this.#standingOf('exportedServices'),
      // They say which of them are failing; where there are none, none is.
      standing === 'absent' ? ('whole' as const) : standing,
    ];
    const ingresses = [this.#standingOf('ingresses')];
    const links = kinds.find(({ id }) => id === 'links');
    return {
      cluster: before.cluster,
      linksKnown: decideKnown([standing], before.linksKnown),
      servicesKnown: decideKnown(services, before.servicesKnown),
      ingressesKnown: decideKnown(ingresses, before.ingressesKnown),
      observedAt:
        links?.state === 'live' && links.observedAt !== undefined
          ? links.observedAt
          : before.observedAt,
    };
  }

  #onError(error: unknown) {
    const { logger, onLost, cluster } = this.#options;
    if (isError(error) && error.name === 'ConflictError') {
      onLost(error);
      return;
    }
    const why = isError(error) ? error.message : 'unknown error';
    // A database that is away all night is one line.
    if (why === this.#saidFault) return;
    this.#saidFault = why;
    logger.warn(
      `What cluster ${cluster} says of links could not be written and is written again: ${why}`,
    );
  }

  #mended() {
    if (this.#saidFault === undefined) return;
    this.#saidFault = undefined;
    this.#options.logger.info(
      `What cluster ${
        this.#options.cluster
      } says of links can be written again`,
    );
  }
}
