import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Children, waitForUrl } from './children.mjs';
import { Stop } from './messages.mjs';
import { dataDir, root } from './paths.mjs';
import { findFreePort } from './postgres.mjs';

/**
 * Backstage's own Kubernetes backend on the same clusters and catalog as a
 * stack, for measuring what one view costs the way it is usually done.
 *
 * `clusters` are `{name, url, tokenFile}`.
 */
export class Rival {
  #children = new Children();
  #folder = join(dataDir, 'stacks', 'rival');

  async start({ clusters, catalogFiles, token }) {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const port = await findFreePort();
    const url = `http://localhost:${port}`;
    const config = {
      app: { baseUrl: url },
      backend: {
        baseUrl: url,
        listen: { port, host: '127.0.0.1' },
        database: { client: 'better-sqlite3', connection: ':memory:' },
        auth: {
          externalAccess: [
            { type: 'static', options: { token, subject: 'bench' } },
          ],
        },
      },
      catalog: {
        rules: [{ allow: ['Component', 'System', 'Domain', 'User', 'Group'] }],
        locations: catalogFiles.map(target => ({ type: 'file', target })),
      },
      kubernetes: {
        serviceLocatorMethod: { type: 'multiTenant' },
        clusterLocatorMethods: [
          {
            type: 'config',
            clusters: clusters.map(cluster => ({
              name: cluster.name,
              url: cluster.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: readFileSync(
                cluster.tokenFile,
                'utf8',
              ).trim(),
              skipMetricsLookup: true,
            })),
          },
        ],
      },
    };
    const file = join(this.#folder, 'app-config.json');
    writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
    let ended = false;
    this.#children.start('rival', {
      file: process.execPath,
      args: [
        join(root, 'packages/bench/rival/backend.mjs'),
        ...['--config', file],
      ],
      env: { NODE_ENV: 'production', LOG_LEVEL: 'warn' },
      log: join(this.#folder, 'rival.log'),
      onExit: () => {
        ended = true;
      },
    });
    const ready = await waitForUrl(
      `${url}/.backstage/health/v1/readiness`,
      120_000,
      () => ended,
    );
    if (!ready) {
      throw new Stop(
        'Backstage’s Kubernetes backend did not start.',
        `Its log: ${join(this.#folder, 'rival.log')}`,
      );
    }
    return { url };
  }

  stop() {
    return this.#children.stop();
  }
}
