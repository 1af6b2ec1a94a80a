import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Children, waitForUrl } from './children.mjs';
import { Stop } from './messages.mjs';
import { dataDir, root } from './paths.mjs';
import { findFreePort } from './postgres.mjs';

const SECRET = 'stack-webhook-secret';

/**
 * As docs/running.md advises to deploy it: V8 lets its spaces grow to many
 * times what is alive in them before it collects, where a machine has memory.
 */
const NODE_FLAGS = ['--max-semi-space-size=16', '--max-old-space-size=384'];

/** The embedded clusters and their probes, as our configuration names them. */
async function readClusters(control, sandboxDir) {
  const response = await fetch(`${control}/status`);
  const { clusters } = await response.json();
  return {
    clusters: clusters.map(({ name, url, provider, region, environment }) => ({
      name,
      url,
      provider,
      region,
      environment,
      tokenFile: join(sandboxDir, 'clusters', name, 'token'),
      alertSecret: `${SECRET}-${name}`,
    })),
    latencySources: clusters
      .filter(({ probe }) => probe)
      .map(({ name, probe }) => ({
        type: 'scrape',
        url: probe,
        cluster: name,
      })),
  };
}

/**
 * The deployed portal with an embedded world, on free ports and in a folder of
 * its own: what the browser tests and the benchmarks run against.
 *
 * `apps` names the frontends, each served by a backend of its own; `sandbox`
 * holds options of the sandbox's `run` command; `probes` starts the probes of
 * its clusters, which are left out otherwise for their weight; `catalog` says
 * which files of its catalog are read; `config` holds overrides as
 * `{'groundControl.environments': ['dev']}`; `databaseUrl` is a PostgreSQL
 * instead of files; `onReady` hears of each backend
 * as soon as it answers, with its URL and when its process was started.
 */
export class Stack {
  #children = new Children();
  #folder;
  #failure;

  constructor(name) {
    this.#folder = join(dataDir, 'stacks', name);
  }

  /** Starts all parts; where one fails, the others end. */
  async start(options) {
    try {
      return await this.#start(options);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #start({
    bundle,
    apps = ['app'],
    sandbox = {},
    probes = false,
    catalog = '*.yaml',
    config = {},
    nodeFlags = NODE_FLAGS,
    databaseUrl,
    keep = false,
    onReady,
  }) {
    if (!keep) {
      rmSync(this.#folder, { recursive: true, force: true });
    }
    mkdirSync(this.#folder, { recursive: true });
    const ports = await Promise.all(apps.map(findFreePort));
    const sandboxPort = await findFreePort();
    const sandboxDir = sandbox.dir ?? join(this.#folder, 'sandbox');
    await this.#startSandbox(
      {
        ...(probes ? {} : { 'no-probes': true }),
        ...sandbox,
        dir: sandboxDir,
        port: sandboxPort,
      },
      ports[0],
    );
    const control = `http://127.0.0.1:${sandboxPort}/control`;
    const { clusters, latencySources } = await readClusters(
      control,
      sandboxDir,
    );
    const urls = {};
    const database = databaseUrl && {
      'backend.database.client': 'pg',
      'backend.database.connection': databaseUrl,
      'backend.database.connection.directory': undefined,
    };
    for (const [index, app] of apps.entries()) {
      urls[app] = await this.#startBackend(
        bundle,
        app,
        ports[index],
        nodeFlags,
        {
          ...database,
          'groundControl.configRepository.url': `http://127.0.0.1:${sandboxPort}/git/config-repository.git`,
          'groundControl.configRepository.webhook.secret': SECRET,
          'groundControl.sourceHistory.git.url': `http://127.0.0.1:${sandboxPort}/git/source/{service}.git`,
          'groundControl.sourceHistory.git.directory': join(
            this.#folder,
            'source-history',
          ),
          'groundControl.artifactStore.folder.path': join(
            sandboxDir,
            'artifacts',
          ),
          'kubernetes.clusterLocatorMethods': [],
          'groundControl.clusters': clusters,
          'groundControl.latency.sources': latencySources,
          'groundControl.linkTraffic': clusters.map(({ name }) => ({
            type: 'scrape',
            cluster: name,
            url: `http://127.0.0.1:${sandboxPort}/metrics/traffic/${name}`,
          })),
          'catalog.locations': [
            { type: 'file', target: join(sandboxDir, 'catalog', catalog) },
          ],
          ...config,
        },
      );
      onReady?.(urls[app], this.#startedAt[`backend-${app}`]);
      await this.#waitForPeople(urls[app]);
    }
    return {
      urls,
      control,
      clusters,
      sandboxDir,
      pids: this.#pids,
    };
  }

  stop() {
    return this.#children.stop();
  }

  #pids = {};
  /** When each part was started, in milliseconds since 1970. */
  #startedAt = {};

  #startPart(name, part) {
    const last = [];
    const child = this.#children.start(name, {
      ...part,
      log: join(this.#folder, `${name}.log`),
      onLine(line) {
        last.push(line);
        if (last.length > 30) last.shift();
        part.onLine?.(line);
      },
      onExit: code => {
        this.#failure = new Stop(`${name} ended (${code}).`, last.join('\n'));
        part.onEnd?.();
      },
    });
    this.#pids[name] = child.pid;
    this.#startedAt[name] = Date.now();
  }

  /** Nobody can sign in before the catalog has read its people. */
  #waitForPeople(url) {
    return waitForUrl(
      `${url}/api/auth/developmentSignIn/refresh`,
      180_000,
      () => Boolean(this.#failure),
      { 'x-development-person': 'user:default/ana.ruiz' },
    );
  }

  #startSandbox({ dir, port, ...options }, backendPort) {
    const flags = {
      rate: 0,
      ...options,
      dir,
      port,
      'webhook-url': `http://127.0.0.1:${backendPort}/api/events/http/ground-control.config-repository`,
      'webhook-secret': SECRET,
      'alert-url': `http://127.0.0.1:${backendPort}/api/events/http/ground-control.flux-alert`,
      'alert-secret': SECRET,
    };
    return new Promise((resolve, reject) => {
      this.#startPart('sandbox', {
        file: process.execPath,
        args: [
          join(root, 'packages/sandbox/bin/sandbox'),
          'run',
          ...Object.entries(flags).flatMap(([key, value]) =>
            value === true ? [`--${key}`] : [`--${key}`, String(value)],
          ),
        ],
        onLine: line => line.startsWith('Sandbox ready') && resolve(),
        onEnd: () => reject(this.#failure),
      });
    });
  }

  async #startBackend(bundle, app, port, nodeFlags, overrides) {
    const url = `http://localhost:${port}`;
    const config = {
      'app.baseUrl': url,
      'app.packageName': app,
      'backend.baseUrl': url,
      'backend.listen.port': port,
      'backend.cors.origin': url,
      'backend.database.connection.directory': join(
        this.#folder,
        `${app}-database`,
      ),
      'groundControl.configRepository.mirrorDirectory': join(
        this.#folder,
        `${app}-mirror`,
      ),
      ...overrides,
    };
    const env = Object.fromEntries(
      Object.entries(config)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [
          `APP_CONFIG_${key.replaceAll('.', '_')}`,
          JSON.stringify(value),
        ]),
    );
    mkdirSync(join(this.#folder, `${app}-database`), { recursive: true });
    const name = `backend-${app}`;
    this.#startPart(name, {
      file: process.execPath,
      args: [
        ...nodeFlags,
        'packages/backend',
        ...['--config', join(root, 'app-config.yaml')],
      ],
      cwd: bundle,
      env: {
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        MALLOC_ARENA_MAX: '2',
        ...env,
      },
      // Its own words say more than the last lines before its end.
      onLine: line => {
        if (line.includes('Backend startup failed')) {
          this.#failure = new Stop(`${name} failed to start:`, line);
        }
      },
    });
    const isReady = await waitForUrl(
      `${url}/.backstage/health/v1/readiness`,
      120_000,
      () => Boolean(this.#failure),
    );
    if (!isReady) {
      throw (
        this.#failure ??
        new Stop(
          `${name} did not answer within two minutes.`,
          `Its log: ${join(this.#folder, `${name}.log`)}`,
        )
      );
    }
    return url;
  }
}
