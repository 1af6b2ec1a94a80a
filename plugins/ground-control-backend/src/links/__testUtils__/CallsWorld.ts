import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { TestHistory } from '../../__testUtils__/TestHistory';
import { createPair } from '../../latency/book/createPair';
import { writePairs } from '../../latency/store/writePairs';
import { writeEntries } from '../entries/store/writeEntries';
import { syncTrafficSources } from '../traffic/sourceRows';
import { writeTraffic } from '../traffic/trafficRows';

const CODES = { down: 'all-lost', high: 'slower', normal: 'as-usual' } as const;

/**
 * Three clusters of prod; fx-api and an outside credit-bureau lie at gcp-1, and
 * are called from aws-1 and az-1. Squads: maxus (ledger, and cron, which has no
 * namespace of its own) and nasa (fx-api).
 */
export class CallsWorld {
  readonly history: TestHistory;

  constructor(private readonly knex: Knex, private readonly at: number) {
    this.history = new TestHistory(knex);
  }

  async fill(): Promise<void> {
    const { knex, at, history } = this;
    const clusters = new TestClusters(knex, new Date(at).toISOString());
    for (const name of ['aws-1', 'az-1', 'gcp-1']) {
      await clusters.cluster({ name, environment: 'prod' });
      await knex('latency_clusters').insert({
        cluster: name,
        source: 's',
        heard_at: at,
      });
    }
    await knex('latency_sources').insert({
      source: 's',
      ordinal: 0,
      label: 'probe',
      interval_ms: 5_000,
      state: 'fresh',
      since: at,
    });
    const services = [
      {
        name: 'ledger',
        namespace: 'pay',
        squad: 'maxus',
        in: ['aws-1', 'az-1'],
      },
      { name: 'cron', namespace: '', squad: 'maxus', in: ['aws-1'] },
      { name: 'fx-api', namespace: 'fx', squad: 'nasa', in: ['gcp-1'] },
    ];
    for (const { name, namespace, squad, in: places } of services) {
      const position = await history.release({
        service: name,
        namespace,
        environment: ['dev', 'prod'],
      });
      await knex('services').insert({
        repository: 'default',
        namespace,
        service: name,
        squad_ref: `group:default/${squad}`,
        squad_source: 'catalog',
        entity_ref: `component:default/${name}`,
        in_repository: true,
        in_catalog: true,
      });
      for (const cluster of places) {
        await clusters.judge({
          cluster,
          environment: 'prod',
          namespace,
          service: name,
          position,
          state: 'reconciled',
        });
      }
    }
    await knex('squads').insert(
      ['maxus', 'nasa'].map(name => ({
        squad_ref: `group:default/${name}`,
        title: name,
        leads: '[]',
        observed_at: at,
      })),
    );
    await this.fillLinks();
    await this.fillEntries();
  }

  private async fillLinks() {
    const mirrored = (cluster: string, namespace: string, service: string) => ({
      cluster,
      namespace,
      name: `${service}-gcp-1`,
      target: 'gcp-1',
      service,
      service_namespace: namespace,
      state: 'mirrored',
    });
    await this.knex('mirrored_services').insert([
      mirrored('aws-1', 'fx', 'fx-api'),
      mirrored('az-1', 'fx', 'fx-api'),
      mirrored('aws-1', 'backbone-gateway', 'bureau'),
    ]);
    const relation = (from: string, name: string, to: string) => ({
      entity_ref: `component:default/${from}`,
      relation: name,
      target_ref: to,
      observed_at: this.at,
    });
    await this.knex('catalog_relations').insert([
      relation('ledger', 'dependsOn', 'component:default/fx-api'),
      relation('cron', 'consumesApi', 'api:default/rates'),
      relation('fx-api', 'providesApi', 'api:default/rates'),
      relation('fx-api', 'dependsOn', 'component:default/ledger'),
    ]);
    await this.link('aws-1', 'gcp-1', 'normal');
    await this.link('az-1', 'gcp-1', 'normal');
  }

  private async fillEntries() {
    const entry = {
      kind: 'target' as const,
      id: 'target:gcp-1/bureau',
      name: 'bureau',
      namespace: 'backbone-gateway',
      cluster: 'gcp-1',
      dnsName: 'bureau.a.run.app',
      port: null,
      squad: 'maxus',
      line: 2,
    };
    const file = { problems: [], isReadable: true, path: 'shuttle.yaml' };
    await writeEntries(
      this.knex,
      'default',
      { ...file, entries: [entry], revision: 'c'.repeat(40) },
      this.at,
    );
  }

  /** How a link stands from now on. */
  async link(
    from: string,
    to: string,
    state: Extract<LinkState, keyof typeof CODES>,
    since = this.at,
  ): Promise<void> {
    const pair = createPair({ from, to, sourceId: 's' }, since);
    await writePairs(
      this.knex,
      [{ ...pair, linked: true, state, code: CODES[state], since }],
      since,
    );
  }

  /** Calls to fx-api at gcp-1 that were counted, as `cluster namespace workload`. */
  async traffic(calls: Record<string, number>, at = this.at): Promise<void> {
    const source = {
      id: 'prometheus/eu',
      label: 'Prometheus eu',
      intervalMs: 30_000,
      read: async () => undefined,
    };
    await syncTrafficSources(this.knex, [source], at);
    await this.knex('link_traffic_sources').update({
      state: 'fresh',
      read_at: at,
    });
    const rows = Object.entries(calls).map(([name, requestsPerSecond]) => {
      const [from, namespace, workload] = name.split(' ');
      return {
        from,
        to: 'gcp-1',
        namespace,
        workload,
        serviceNamespace: 'fx',
        service: 'fx-api',
        requestsPerSecond,
        errors: 0.1,
        p95Ms: 120,
      };
    });
    await writeTraffic(this.knex, source.id, rows, at);
  }
}
