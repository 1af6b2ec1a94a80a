import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import {
  GitHttpServer,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { CANARIES, World } from '@internal/sandbox';
import { ScriptedCluster } from '../clusters/__testUtils__/ScriptedCluster';
import {
  artifactId,
  artifactJson,
  TestBuild,
} from '../gitops/__testUtils__/artifacts';
import { MetricsServer } from '../latency/__testUtils__/MetricsServer';
import { link } from '../links/__testUtils__/objects';
import { TestS3, zipOf } from './testArtifacts';

const LINKS_PATH = '/apis/multicluster.linkerd.io/v1alpha3/links';

/** No step of promotion, so that no release waits for these clusters. */
const ELSEWHERE = 'platform';

/** What an operator hands to the plugin, each by another way. */
const CREDENTIALS = {
  configRepository: 'canary-of-the-config-repository-1679091c',
  sources: 'canary-of-services-repositories-8f14e45f',
  integration: 'canary-of-an-integration-c9f0f895',
  cluster: 'canary-of-a-cluster-45c48cce',
  hostileCluster: 'canary-of-a-hostile-cluster-d3d94468',
  latency: 'canary-of-a-latency-source-6512bd43',
  traffic: 'canary-of-a-traffic-source-c20ad4d7',
};

/** What a squad has in an artifact. */
const IN_ARTIFACT = {
  text: 'canary-in-an-artifact-c51ce410',
  data: 'canary-in-data-of-an-artifact-aab32389',
  url: 'canary-in-a-url-of-an-artifact-9bf31c7f',
};

/**
 * A secret in every place that secrets come to the plugin from, and servers
 * that ask for those that are credentials. Some say back what they are shown,
 * and one lets nobody in.
 */
export class PlantedSecrets {
  /** Every one. */
  readonly words: string[];
  /** One that answers, and one that says back what it is shown. */
  readonly clusters: { live: ScriptedCluster; hostile: ScriptedCluster };
  /** What clusters were shown. */
  readonly #toClusters: string[] = [];

  private constructor(
    private readonly directory: string,
    /** Has the config repository. */
    readonly git: GitHttpServer,
    private readonly sources: GitHttpServer,
    private readonly gateway: GitHttpServer,
    private readonly store: TestS3,
    private readonly metrics: MetricsServer,
  ) {
    const known = { ...CANARIES, ...CREDENTIALS, ...IN_ARTIFACT };
    this.words = [...Object.values(known), store.secretAccessKey];
    this.clusters = { live: this.#makeLive(), hostile: this.#makeHostile() };
  }

  /** @param directory - for files that may be deleted afterwards */
  static async start(world: World, directory: string): Promise<PlantedSecrets> {
    const { artifactsPath, repositoryPath, sourcePath } = world;
    execFileSync('git', [
      ...['-C', repositoryPath, 'config', 'http.receivepack', 'true'],
    ]);
    const store = await new TestS3().start();
    for (const service of readdirSync(artifactsPath)) {
      for (const id of readdirSync(join(artifactsPath, service))) {
        const path = join(artifactsPath, service, id);
        store.put(`${service}/${id}`, readFileSync(path));
      }
    }
    const planted = new PlantedSecrets(
      directory,
      await serve(repositoryPath, CREDENTIALS.configRepository),
      // It serves what lies beside as well.
      await serve(join(sourcePath, 'any.git'), CREDENTIALS.sources),
      await serve(repositoryPath, 'what nobody has'),
      store,
      await MetricsServer.start(),
    );
    planted.metrics.does(({ headers }, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: headers.authorization }));
    });
    await planted.clusters.live.start();
    await planted.clusters.hostile.start();
    return planted;
  }

  #makeLive(): ScriptedCluster {
    const cluster = new ScriptedCluster('east', {
      serves: [LINKS_PATH],
      token: CREDENTIALS.cluster,
    });
    cluster.put(LINKS_PATH, link({ target: 'west' }));
    cluster.script = ({ headers }) => {
      this.#toClusters.push(headers.authorization ?? '');
      return false;
    };
    return cluster;
  }

  #makeHostile(): ScriptedCluster {
    const cluster = new ScriptedCluster('west', { serves: [] });
    cluster.script = ({ headers: { authorization = '' } }, response) => {
      this.#toClusters.push(authorization);
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ kind: 'Status', message: authorization }));
      return true;
    };
    return cluster;
  }

  /** The app-config that has them; the rest of it is the test's. */
  get config() {
    const { gateway, git, metrics, sources, store } = this;
    const { live, hostile } = this.clusters;
    const inFile = (name: 'sources' | 'hostileCluster') => {
      const path = join(this.directory, name);
      writeFileSync(path, `${CREDENTIALS[name]}\n`);
      return path;
    };
    const { origin: baseUrl, host } = new URL(gateway.url);
    return {
      configRepository: {
        url: git.url,
        password: CREDENTIALS.configRepository,
      },
      sourceGit: {
        url: `${new URL(sources.url).origin}/{service}.git`,
        passwordFile: inFile('sources'),
      },
      gateway: {
        repository: {
          url: gateway.url,
          mirrorDirectory: join(this.directory, 'gateway-mirrors'),
        },
      },
      integrations: {
        gitlab: [
          {
            host,
            baseUrl,
            apiBaseUrl: baseUrl,
            token: CREDENTIALS.integration,
          },
        ],
      },
      artifactStore: {
        s3: {
          bucket: store.bucket,
          region: 'eu-west-1',
          endpoint: store.endpoint,
          forcePathStyle: true,
          accessKeyId: store.accessKeyId,
          secretAccessKey: store.secretAccessKey,
        },
      },
      clusters: [
        {
          name: live.name,
          environment: ELSEWHERE,
          url: live.url,
          token: CREDENTIALS.cluster,
        },
        {
          name: hostile.name,
          environment: ELSEWHERE,
          url: hostile.url,
          tokenFile: inFile('hostileCluster'),
        },
      ],
      latency: {
        sources: [
          {
            type: 'scrape',
            cluster: live.name,
            url: metrics.url,
            interval: '1s',
            authorization: { token: CREDENTIALS.latency },
          },
        ],
      },
      linkTraffic: [
        {
          type: 'prometheus',
          cluster: live.name,
          url: metrics.url,
          interval: '1s',
          authorization: { username: 'ana', password: CREDENTIALS.traffic },
        },
      ],
    } satisfies JsonObject;
  }

  /** A build whose manifests and whose own description have some. */
  build(build: TestBuild): { id: string; zip: Buffer } {
    const description = JSON.parse(artifactJson(build));
    const at = `https://ana:${IN_ARTIFACT.url}@ci.example.com/1`;
    description.ci.jobUrl = at;
    description.application.url = at;
    const data = Buffer.from(IN_ARTIFACT.data).toString('base64');
    const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  password: ${IN_ARTIFACT.text}\ndata:\n  token: ${data}\n`;
    return {
      id: artifactId(build),
      zip: zipOf({
        'artifact.json': JSON.stringify(description),
        'dev/10-data.yaml': secret,
        'dev/40-deployment.yaml': 'kind: Deployment\n',
      }),
    };
  }

  /** Credentials that no server has been shown. */
  findUnused(): string[] {
    const basic = [this.git, this.sources, this.gateway].flatMap(
      ({ seen }) => seen,
    );
    const toMetrics = this.metrics.asked.map(({ authorization = '' }) =>
      authorization.replace(/^Basic (.*)/, (_, pair) =>
        Buffer.from(pair, 'base64').toString(),
      ),
    );
    const shown = [...basic, ...toMetrics, ...this.#toClusters].join('\n');
    return [
      ...Object.values(CREDENTIALS).filter(word => !shown.includes(word)),
      ...(this.store.requests.length === 0 ? [this.store.secretAccessKey] : []),
    ];
  }

  async stop(): Promise<void> {
    const { live, hostile } = this.clusters;
    await Promise.all([
      ...[this.git, this.sources, this.gateway].map(one => one.close()),
      ...[this.store, this.metrics, live, hostile].map(one => one.stop()),
    ]);
  }
}

/** Serves a repository, and those that lie beside it, by http. */
async function serve(path: string, password: string): Promise<GitHttpServer> {
  // It asks for nothing else of a repository.
  const server = await GitHttpServer.start({ path } as TestRepository);
  server.password = password;
  return server;
}
