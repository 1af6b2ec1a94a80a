import { ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { until } from '../../../__testUtils__/until';

const START_MS = 60_000;

async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const waitFor = (what: string, check: () => Promise<boolean>) =>
  until(() => check().catch(() => false), { what, ms: START_MS });

/** An etcd and a kube-apiserver of their own, on free ports and in one folder. */
export class ControlPlane {
  readonly #assets: string;
  readonly #folder: string;
  readonly #adminToken = randomBytes(16).toString('hex');
  #etcd?: ChildProcess;
  #server?: ChildProcess;
  #etcdPort = 0;
  port = 0;

  constructor(options: { assets: string; folder: string }) {
    this.#assets = options.assets;
    this.#folder = join(options.folder, 'control-plane');
  }

  get adminToken(): string {
    return this.#adminToken;
  }

  get caFile(): string {
    return join(this.#folder, 'server.crt');
  }

  async start(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    await this.#writeKeys();
    [this.#etcdPort, this.port] = [await findFreePort(), await findFreePort()];
    const peer = `http://127.0.0.1:${await findFreePort()}`;
    const client = `http://127.0.0.1:${this.#etcdPort}`;
    this.#etcd = this.#run('etcd', [
      `--data-dir=${join(this.#folder, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      '--unsafe-no-fsync',
    ]);
    await waitFor('etcd', async () => (await fetch(`${client}/health`)).ok);
    await this.#startServer();
  }

  /** Drops the history of everything, as etcd does by itself every five minutes. */
  async compact(): Promise<void> {
    const url = `http://127.0.0.1:${this.#etcdPort}/v3/kv`;
    const ask = async (path: string, body: object) => {
      const response = await fetch(`${url}/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`etcd answered ${response.status}`);
      return response.json() as Promise<{ header: { revision: string } }>;
    };
    const key = Buffer.from('/').toString('base64');
    const { header } = await ask('range', { key, limit: 1 });
    await ask('compaction', { revision: header.revision, physical: true });
  }

  /** A server that begins anew has none of the history in memory either. */
  async restartServer(): Promise<void> {
    await end(this.#server);
    await this.#startServer();
  }

  async stop(): Promise<void> {
    await end(this.#server);
    await end(this.#etcd);
  }

  async #startServer(): Promise<void> {
    const file = (name: string) => join(this.#folder, name);
    this.#server = this.#run('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${this.#etcdPort}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${this.port}`,
      `--cert-dir=${this.#folder}`,
      `--tls-cert-file=${file('server.crt')}`,
      `--tls-private-key-file=${file('server.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${file('account.pub')}`,
      `--service-account-signing-key-file=${file('account.key')}`,
      `--token-auth-file=${file('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--allow-privileged=true',
    ]);
    await waitFor('kube-apiserver', () => this.#isReady());
  }

  #isReady(): Promise<boolean> {
    return new Promise(resolve => {
      https
        .get(
          `https://127.0.0.1:${this.port}/api/v1/namespaces/kube-system`,
          {
            rejectUnauthorized: false,
            agent: false,
            headers: { authorization: `Bearer ${this.#adminToken}` },
          },
          response => {
            response.resume();
            resolve(response.statusCode === 200);
          },
        )
        .on('error', () => resolve(false));
    });
  }

  async #writeKeys() {
    const write = (name: string, content: string) =>
      writeFileSync(join(this.#folder, name), content, { mode: 0o600 });
    const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
      keySize: 2048,
      extensions: [
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    } as Parameters<typeof generate>[1]);
    write('server.crt', pems.cert);
    write('server.key', pems.private);
    const account = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    write('account.pub', account.publicKey);
    write('account.key', account.privateKey);
    write('tokens.csv', `${this.#adminToken},admin,admin,system:masters\n`);
  }

  #run(program: string, options: string[]): ChildProcess {
    const child = spawn(join(this.#assets, program), options, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(join(this.#folder, `${program}.log`), {
      flags: 'a',
    });
    child.stdout!.pipe(log, { end: false });
    child.stderr!.pipe(log, { end: false });
    return child;
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(timer);
}
