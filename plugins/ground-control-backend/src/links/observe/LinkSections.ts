import { Knex } from 'knex';
import { ClusterWatching } from '../../clusters/types';
import { ClusterRows } from '../store/ClusterRows';
import {
  ClusterTable,
  exportedTable,
  ingressTable,
  linkTable,
  mirroredTable,
  trustTable,
} from '../store/tables';
import {
  buildExported,
  buildIngresses,
  buildLinks,
  buildMirrored,
  buildTrust,
} from './buildRows';
import { KindStanding } from './decideStandings';
import {
  ObservedCertificate,
  ObservedExported,
  ObservedIngress,
  ObservedLink,
  ObservedMirrored,
  ObservedTrustRoots,
} from './types';

type Transact = (
  work: (tx: Knex.Transaction) => Promise<void>,
) => Promise<void>;

interface Context {
  standingOf(kind: string): KindStanding;
  /** Objects of a kind; undefined where they aren't known. */
  known<T>(kind: string): Iterable<T> | undefined;
  now: number;
}

interface Section {
  kinds: string[];
  /** @returns whether any row changed; undefined when it can't be said yet */
  bring(context: Context): Promise<boolean | undefined>;
}

/** The tables in which a cluster's links are told, each with its kinds. */
export class LinkSections {
  readonly #watching: ClusterWatching;
  readonly #sections: Section[];
  readonly #dirty: Set<Section>;
  #isNews = false;

  private constructor(watching: ClusterWatching, sections: Section[]) {
    this.#watching = watching;
    this.#sections = sections;
    this.#dirty = new Set(sections);
  }

  /** Reads what was written last. */
  static async load(options: {
    cluster: string;
    knex: Knex;
    watching: ClusterWatching;
    transact: Transact;
  }): Promise<LinkSections> {
    const { cluster, knex, watching, transact } = options;
    const section = async <T>(
      table: ClusterTable<T>,
      kinds: string[],
      build: (context: Context) => T[] | undefined,
    ): Promise<Section> => {
      const rows = await ClusterRows.load(knex, cluster, table);
      return {
        kinds,
        bring: async context => {
          const wanted = build(context);
          return wanted && rows.bring(wanted, transact);
        },
      };
    };
    const sections = await Promise.all([
      section(linkTable, ['links'], ({ standingOf, known, now }) => {
        const links = known<ObservedLink>('links');
        if (standingOf('links') === 'absent') return [];
        return links && buildLinks(cluster, links, now);
      }),
      section(
        mirroredTable,
        ['mirroredServices', 'links'],
        ({ standingOf, known }) => {
          const services = known<ObservedMirrored>('mirroredServices');
          if (!services || standingOf('links') === 'unread') return undefined;
          const links = known<ObservedLink>('links') ?? [];
          return buildMirrored(cluster, services, links);
        },
      ),
      section(exportedTable, ['exportedServices'], ({ known }) => {
        const services = known<ObservedExported>('exportedServices');
        return services && buildExported(cluster, services);
      }),
      section(
        ingressTable,
        ['ingresses', 'certificates'],
        ({ standingOf, known }) => {
          const ingresses = known<ObservedIngress>('ingresses');
          if (!ingresses || standingOf('certificates') === 'unread') {
            return undefined;
          }
          const certificates =
            standingOf('certificates') === 'whole'
              ? known<ObservedCertificate>('certificates')
              : undefined;
          return buildIngresses(cluster, ingresses, certificates);
        },
      ),
      section(trustTable, ['trustRoots'], ({ standingOf, known }) => {
        // There is no column that says that it isn't known, but no row.
        if (standingOf('trustRoots') === 'forbidden') return [];
        const configMaps = known<ObservedTrustRoots>('trustRoots');
        return configMaps && buildTrust(cluster, configMaps);
      }),
    ]);
    return new LinkSections(watching, sections);
  }

  /** Objects of a kind, or how it is read, are otherwise than before. */
  changed(kind: string): void {
    for (const section of this.#sections) {
      if (section.kinds.includes(kind)) this.#dirty.add(section);
    }
  }

  /** Writes what is otherwise than it was written last. */
  async bring(
    standingOf: (kind: string) => KindStanding,
    now: number,
  ): Promise<void> {
    const known = <T>(kind: string) => {
      const standing = standingOf(kind);
      return standing === 'whole' || standing === 'partly'
        ? this.#watching.objects<T>(kind).values()
        : undefined;
    };
    for (const section of [...this.#dirty]) {
      // What changes while it is written is written next time.
      this.#dirty.delete(section);
      try {
        const changed = await section.bring({ standingOf, known, now });
        if (changed === undefined) this.#dirty.add(section);
        if (changed) this.#isNews = true;
      } catch (error) {
        this.#dirty.add(section);
        throw error;
      }
    }
  }

  /** Whether rows changed since it was asked last, also in rounds that failed. */
  takeNews(): boolean {
    const isNews = this.#isNews;
    this.#isNews = false;
    return isNews;
  }
}
