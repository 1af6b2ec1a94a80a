import { parseTimings } from '../../clusters/timings.ts';
import { startSandbox } from '../../server/startSandbox.ts';
import { describeWorld } from '../describeWorld.ts';
import { progressLine } from '../progress.ts';
import type { Command, Values } from '../types.ts';
import { WORLD_CLI_OPTIONS, dirOf, readWorldOptions } from '../worldOptions.ts';

const DEFAULT_PORT = 7010;
const DEFAULT_TOKEN = 'sandbox-token';

function portOf(values: Values): number {
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error('--port wants a number from 0 to 65535');
  }
  return port;
}

function rateOf(values: Values): number {
  const rate = Number(values.rate ?? 1);
  if (!Number.isFinite(rate) || rate < 0) {
    throw new Error('--rate wants a number, 0 or more');
  }
  return rate;
}

/** Resolves when somebody asks the process to end. */
function endAsked(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

export const run: Command = {
  name: 'run',
  arguments: [],
  description:
    'Build the world when it is not there, or bring it up to now; serve its repository and let it live until Ctrl-C. The user is ground-control, the password the environment variable SANDBOX_GIT_TOKEN, or else sandbox-token',
  options: {
    ...WORLD_CLI_OPTIONS,
    port: {
      type: 'string',
      value: 'N',
      description: 'Port on 127.0.0.1; 0 takes any free one',
      default: String(DEFAULT_PORT),
      example: '--port 7011',
    },
    rate: {
      type: 'string',
      value: 'X',
      description:
        'How busy, whatever the clock says: 1 as the reference company in office hours, 0 nothing new',
      default: '1',
      example: '--rate 20',
    },
    'webhook-url': {
      type: 'string',
      value: 'URL',
      description: 'Told of each push, in the form of GitHub’s push webhook',
      default: 'none',
      example: '--webhook-url http://localhost:7007/api/events/http/github',
    },
    'webhook-secret': {
      type: 'string',
      value: 'TEXT',
      description: 'Key of the signature in x-hub-signature-256',
      default: 'empty',
      example: '--webhook-secret s3cret',
    },
    'no-clusters': {
      type: 'boolean',
      description:
        'Serve no clusters. Otherwise each of them has an API server, on the ports from 10 above the own one, and <dir>/clusters/kubeconfig knows them',
      default: 'clusters are served',
      example: '--no-clusters',
    },
    'no-probes': {
      type: 'boolean',
      description:
        'Start no probes. Otherwise each cluster has one, a process of its own that measures its links, with metrics on the ports from 20 above the own one',
      default: 'probes run, where clusters are served',
      example: '--no-probes',
    },
    'cluster-timings': {
      type: 'string',
      value: 'LIST',
      description:
        'How fast the clusters are, in milliseconds: poll, dependency, retry, drift, interval, healthTimeout, rebuild',
      default: 'as the real ones, but drift=90000, retry=120000, rebuild=75000',
      example: '--cluster-timings drift=5000,healthTimeout=4000',
    },
    'alert-url': {
      type: 'string',
      value: 'URL',
      description:
        'Told by the Flux of each cluster, as a provider of type generic-hmac; {cluster} in it stands for the name',
      default: 'none',
      example:
        '--alert-url http://localhost:7007/api/events/http/ground-control.flux-alert',
    },
    'alert-secret': {
      type: 'string',
      value: 'TEXT',
      description:
        'The key of a cluster’s alerts is this, a dash and its name; it stands in <dir>/clusters/<name>/alert-secret too',
      default: 'empty',
      example: '--alert-secret s3cret',
    },
  },
  example: 'run --rate 20',
  async run(values) {
    const say = (message: string) => process.stderr.write(`${message}\n`);
    const ended = endAsked();
    const text = (name: string) =>
      values[name] === undefined ? undefined : String(values[name]);
    const starting = startSandbox({
      ...readWorldOptions(values),
      dir: dirOf(values),
      port: portOf(values),
      rate: rateOf(values),
      gitToken: process.env.SANDBOX_GIT_TOKEN || DEFAULT_TOKEN,
      webhookUrl: text('webhook-url'),
      webhookSecret: text('webhook-secret'),
      embeddedClusters:
        values['no-clusters'] !== true &&
        parseTimings(text('cluster-timings') ?? ''),
      probes: values['no-probes'] !== true,
      alertUrl: text('alert-url'),
      alertSecret: text('alert-secret'),
      log: say,
      onProgress: progressLine('Building the world'),
    });
    const sandbox = await Promise.race([starting, ended]);
    if (!sandbox) {
      // Half a world has no world.json: the next start builds it anew.
      process.exit(130);
    }
    process.stdout.write(
      `Sandbox ready: ${sandbox.gitUrl} (${describeWorld(sandbox.world)})\n`,
    );
    if (sandbox.clusters.length > 0) {
      process.stdout.write(
        `Clusters: ${sandbox.clusters
          .map(({ name, url }) => `${name} ${url}`)
          .join(', ')}\n`,
      );
    }
    if (sandbox.probes.length > 0) {
      process.stdout.write(
        `Probes: ${sandbox.probes
          .map(({ cluster, metricsUrl }) => `${cluster} ${metricsUrl}`)
          .join(', ')}\n`,
      );
    }
    await ended;
    await sandbox.stop();
    process.stdout.write('Sandbox stopped\n');
  },
};
