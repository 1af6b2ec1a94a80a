// A process with what of the backend writes releases, and nothing else. It is
// told what to do by its parent, which measures.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ENVIRONMENTS, releaseFiles } from './ConfigRepository.ts';

export interface WorkerOptions {
  library: string;
  folder: string;
  remote: string;
  name: string;
  /** SQLite in the folder where it is absent. */
  databaseUrl?: string;
}

/** A request to be made: a service, where, and which build. */
export interface Wish {
  service: string;
  environment: string;
  build: number;
}

const REPOSITORY = 'default';
const options: WorkerOptions = JSON.parse(process.argv[2]);
// The bundle has no types: it is built from the plugin's files at run time.
const library = createRequire(import.meta.url)(options.library);
const quiet = () => {};
const logger: any = {
  error: console.error,
  warn: console.error,
  info: quiet,
  debug: quiet,
  child: () => logger,
};

const knex = library.createKnex(
  options.databaseUrl
    ? { client: 'pg', connection: options.databaseUrl }
    : {
        client: 'better-sqlite3',
        connection: { filename: join(options.folder, 'writing.sqlite') },
        useNullAsDefault: true,
        pool: { min: 1, max: 1 },
      },
);
const storeFolder = join(options.folder, 'store');
const store = new library.FolderArtifactStore(storeFolder);
const hub = new library.ChangeHub({ onError: console.error });
const layout = library.releaseManagerLayout;
const mirror = new library.Mirror({
  remote: library.parseRemoteUrl(options.remote),
  branch: 'master',
  directory: join(options.folder, `mirror-${options.name}`),
  timeoutMs: 60_000,
  logger,
});
const common = { knex, logger, hub, layout, mirror, repository: REPOSITORY };
const gitops = new library.GitopsService({
  ...common,
  identity: { url: options.remote, branch: 'master' },
  environments: ENVIRONMENTS,
  pollIntervalMs: 10_000,
});
const who = { name: 'Ground Control', email: 'ground-control@example.com' };
const judging = { ...common, store, environments: ENVIRONMENTS };
const writer = new library.RequestWriter({
  ...common,
  store,
  writing: { author: who, committer: who },
  wantFetch: () => gitops.wantFetch(),
  judge: new library.DefaultRequestJudge({
    ...judging,
    mainBranch: 'master',
    canWrite: true,
    policies: library.createPolicyJudge({
      ...judging,
      files: new library.MirrorFiles(mirror),
      settings: library.readPoliciesConfig(
        new library.ConfigReader({}),
        ENVIRONMENTS,
      ),
      policies: [],
    }),
  }),
});
const settler = new library.CommitSettler(common);

const commands: Record<string, (value: any) => Promise<unknown>> = {
  async start() {
    await library.openDatabase({ getClient: async () => knex });
    await gitops.start();
    settler.start();
    writer.start();
  },
  /** Resolves when ingest has read up to that commit. */
  async read(tip: string) {
    for (;;) {
      const row = await knex('repositories').first('tip');
      if (row?.tip === tip) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  },
  /** Resolves when it is counted how far behind each release is. */
  async count() {
    for (;;) {
      const row = await knex('service_environments')
        .whereNull('behind')
        .whereNot('environment', ENVIRONMENTS[0])
        .first('service');
      if (!row) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  },
  /** Builds, and asks for releases; resolves to the requests' numbers. */
  async ask(wishes: Wish[]) {
    const numbers = [];
    for (const wish of wishes) numbers.push(await ask(wish));
    return numbers;
  },
  /** Approves them; tells when it began and when all were approved. */
  async approve(numbers: number[]) {
    const beganAt = Date.now();
    for (let at = 0; at < numbers.length; at += 50) {
      await knex.transaction(async (tx: unknown) => {
        for (const number of numbers.slice(at, at + 50)) {
          const event = {
            type: 'approve',
            at: Date.now(),
            code: 'approved',
            actor: 'user:default/bo',
          };
          await library.moveRequest(tx, { number, event });
        }
      });
    }
    const approvedAt = Date.now();
    void hub.publish({ kind: 'requests' });
    return { beganAt, approvedAt };
  },
  /** How requests stand, for when something failed. */
  async states() {
    return knex('release_requests')
      .groupBy('state', 'code', 'message')
      .select('state', 'code', 'message', knex.raw('count(*) as n'));
  },
  async stop() {
    await writer.stop();
    await settler.stop();
    await gitops.stop();
    hub.close();
    await knex.destroy();
  },
};

async function ask({ service, environment, build }: Wish): Promise<number> {
  const files = Object.entries(releaseFiles(service, build));
  const { id } = JSON.parse(releaseFiles(service, build)['artifact.json']);
  const zip = library.zipSync(
    Object.fromEntries(
      files.map(([name, content]) => [
        name === 'artifact.json' ? name : `${environment}/${name}`,
        Buffer.from(content),
      ]),
    ),
    { level: 1 },
  );
  await mkdir(join(storeFolder, service), { recursive: true });
  await writeFile(join(storeFolder, service, id), zip);
  const stored = await store.readFiles(
    { service, artifactId: id },
    { environment },
  );
  if ('fault' in stored) throw new Error(stored.fault);
  // As reading the store would leave it.
  const artifact = layout.readArtifact(Buffer.from(files[0][1]));
  await knex('artifacts')
    .insert({
      repository: REPOSITORY,
      namespace: '',
      service,
      artifact_id: id,
      description: JSON.stringify(artifact),
      in_store: true,
    })
    .onConflict()
    .ignore();
  const current = await knex('service_environments as s')
    .join('commits as c', {
      'c.repository': 's.repository',
      'c.position': 's.position',
    })
    .where({ 's.service': service, 's.environment': environment })
    .first('c.revision', 'c.position');
  const [{ number }] = await knex('release_requests')
    .insert({
      repository: REPOSITORY,
      environment,
      namespace: '',
      service,
      squad_ref: 'group:default/falcon',
      intent: 'release-artifact',
      artifact_id: id,
      digest: stored.digest,
      replaces_revision: current.revision,
      replaces_position: current.position,
      requested_by: 'user:default/ana.ruiz',
      requested_by_name: 'Ana Ruiz',
      requested_by_email: 'ana.ruiz@example.com',
      requested_at: Date.now(),
      state: 'pending',
      since: Date.now(),
      code: 'asked',
      approvals_needed: 1,
      requirement_reason: 'one lead',
      verdicts: '[]',
      evidence: '0'.repeat(64),
      idempotency_key: `${options.name}-${service}-${environment}-${build}`,
      ask_digest: '0'.repeat(64),
      ordinal: 0,
    })
    .returning('number');
  return Number(number);
}

// Whoever measures is gone.
process.on('disconnect', () => process.exit());

process.on('message', async (message: any) => {
  const { id, name, value } = message;
  try {
    process.send?.({ id, result: await commands[name](value) });
  } catch (error) {
    process.send?.({ id, error: String((error as Error)?.stack ?? error) });
  }
  if (name === 'stop') process.disconnect();
});
