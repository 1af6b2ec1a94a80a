import {
  AuthService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService as Catalog } from '@backstage/plugin-catalog-node';
import {
  ClusterDefinition,
  ClusterLocator,
} from '@ground-control/backstage-plugin-ground-control-node';
import { joinEntries } from './joinEntries';
import { BackstageEntries, readBackstageEntries } from './readBackstageEntries';
import { readCatalogEntries } from './readCatalogEntries';
import { readOwnEntries } from './readOwnEntries';
import { ClusterEntry } from './types';

/**
 * The clusters of `groundControl.clusters`, of Backstage's own
 * `kubernetes.clusterLocatorMethods` and of the catalog, joined by name.
 *
 * @throws InputError when it is made, for config that can't be used
 */
export class ConfiguredClusterLocator implements ClusterLocator {
  readonly #catalog: Catalog;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #own: ClusterEntry[];
  readonly #backstage: BackstageEntries;
  #lastRead?: ClusterEntry[];
  #said = '';

  constructor(options: {
    config: RootConfigService;
    catalog: Catalog;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#own = readOwnEntries(options.config);
    this.#backstage = readBackstageEntries(options.config);
  }

  /**
   * @throws when the catalog says which clusters there are and was never read
   */
  async locateClusters(): Promise<ClusterDefinition[]> {
    const { entries: backstage, usesCatalog } = this.#backstage;
    if (this.#own.length + backstage.length === 0 && !usesCatalog) return [];
    const { entries: catalog, faults } = await this.#readCatalog();
    const { definitions, without } = joinEntries({
      own: this.#own,
      backstage,
      catalog,
      usesCatalog,
      inCluster: process.env.KUBERNETES_SERVICE_HOST !== undefined,
    });
    this.#warn([
      ...faults,
      ...without.map(
        name =>
          `Cluster ${name} is not watched: nothing says its address. Set url in groundControl.clusters, or the annotation kubernetes.io/api-server of its Resource`,
      ),
    ]);
    return definitions;
  }

  async #readCatalog(): Promise<{ entries: ClusterEntry[]; faults: string[] }> {
    try {
      const read = await readCatalogEntries(this.#catalog, this.#auth);
      this.#lastRead = read.entries;
      return read;
    } catch (error) {
      // Config alone knows enough to watch them; the catalog adds its words.
      if (!this.#lastRead && this.#backstage.usesCatalog) throw error;
      const faults = [
        "The catalog can't be read for its clusters; what it said before counts, and it is tried again",
      ];
      return { entries: this.#lastRead ?? [], faults };
    }
  }

  /** Asked each minute, it says the same once. */
  #warn(lines: string[]) {
    const said = lines.join('\n');
    if (said !== this.#said) lines.forEach(line => this.#logger.warn(line));
    this.#said = said;
  }
}
