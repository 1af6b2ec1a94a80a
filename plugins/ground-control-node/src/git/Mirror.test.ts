import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { GitHttpServer } from '../testing/GitHttpServer';
import { TestRepository } from '../testing/TestRepository';
import { GitCredentials } from './gitEnvironment';
import { Mirror } from './Mirror';
import { parseRemoteUrl } from './remoteUrl';

/** Names the files under a folder that hold a text. */
function findInFiles(text: string, folder: string): string {
  try {
    const options = { encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('grep', ['-rlaF', '-e', text, folder], options);
  } catch (error) {
    // Exit code 1: found nowhere.
    if ((error as { status?: number }).status !== 1) throw error;
    return '';
  }
}

const CANARY = 'canary-tok/en+4711';

describe('Mirror', () => {
  let repository: TestRepository;
  let directory: string;
  const mirrors: Mirror[] = [];
  const logger = createRecordingLogger();

  beforeEach(() => {
    repository = TestRepository.create();
    directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
    logger.lines.splice(0);
  });

  afterEach(async () => {
    await Promise.all(mirrors.splice(0).map(mirror => mirror.close()));
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const create = (
    options: {
      url?: string;
      timeoutMs?: number;
      readCredentials?: () => Promise<GitCredentials>;
    } = {},
  ) => {
    const { url = repository.path, timeoutMs = 20_000 } = options;
    const mirror = new Mirror({
      remote: parseRemoteUrl(url),
      branch: 'master',
      directory,
      timeoutMs,
      logger,
      readCredentials: options.readCredentials,
    });
    mirrors.push(mirror);
    return mirror;
  };

  const gitDir = () =>
    join(
      directory,
      readdirSync(directory).find(name => name.endsWith('-0')) ?? '',
      'mirror.git',
    );

  it('fetches the branch alone, into a bare repository', async () => {
    const tip = repository.commit({ message: 'one', files: { a: '1' } });
    repository.commit({ message: 'x', files: { b: '1' }, branch: 'other' });
    const mirror = create();
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip });
    const refs = execFileSync('git', ['for-each-ref', '--format=%(refname)'], {
      env: { PATH: process.env.PATH, GIT_DIR: gitDir() },
      encoding: 'utf8',
    });
    expect(refs.trim()).toBe('refs/remotes/origin/master');
    expect(readdirSync(gitDir())).not.toContain('index');
    const next = repository.commit({ message: 'two', files: { a: '2' } });
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip: next });
    // Git may put a ref into one file with the others.
    execFileSync('git', ['--git-dir', gitDir(), 'pack-refs', '--all']);
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip: next });
  });

  it('follows a force push', async () => {
    const first = repository.commit({ message: 'one', files: { a: '1' } });
    repository.commit({ message: 'two', files: { a: '2' } });
    const mirror = create();
    await mirror.fetch();
    repository.reset(first);
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip: first });
  });

  it('tells an empty repository from a missing one and from no server', async () => {
    expect(await create().fetch()).toMatchObject({
      kind: 'empty',
      reason: expect.stringMatching(/no commit on branch master/),
    });
    expect(
      await create({ url: `${repository.path}-not-there` }).fetch(),
    ).toMatchObject({ kind: 'missing' });
    expect(
      await create({ url: 'http://127.0.0.1:9/x.git' }).fetch(),
    ).toMatchObject({ kind: 'unreachable' });
    expect(
      await create({ url: 'http://name.invalid/x.git' }).fetch(),
    ).toMatchObject({ kind: 'unreachable' });
  });

  it('goes on when its folder can be written after all', async () => {
    const tip = repository.commit({ message: 'one', files: { a: '1' } });
    // A file stands where git's own folder has to be.
    writeFileSync(join(directory, 'home'), '');
    const mirror = create();
    await expect(mirror.fetch()).rejects.toThrow(/EEXIST/);
    rmSync(join(directory, 'home'));
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip });
  });

  it('takes one folder, though two ask for it at once', async () => {
    const tip = repository.commit({ message: 'one', files: { a: '1' } });
    const mirror = create();
    const [objects] = await Promise.all([mirror.objects(), mirror.fetch()]);
    expect(await objects.read(tip, { maxBytes: 0 })).not.toEqual({
      found: 'no',
    });
  });

  it('goes on after a lock that a dead git left', async () => {
    repository.commit({ message: 'one', files: { a: '1' } });
    const first = create();
    await first.fetch();
    await first.close();
    const locks = ['config.lock', 'packed-refs.lock', 'shallow.lock'];
    locks.forEach(name => writeFileSync(join(gitDir(), name), ''));
    writeFileSync(join(gitDir(), 'refs/remotes/origin/master.lock'), '');
    const tip = repository.commit({ message: 'two', files: { a: '2' } });
    expect(await create().fetch()).toEqual({ kind: 'fetched', tip });
    expect(logger.lines.join('\n')).not.toMatch(/damaged/);
  });

  it('throws a damaged copy away and fetches anew', async () => {
    repository.commit({ message: 'one', files: { a: '1' } });
    const mirror = create();
    await mirror.fetch();
    writeFileSync(join(gitDir(), 'refs/remotes/origin/master'), 'rubbish\n');
    writeFileSync(join(gitDir(), 'HEAD'), 'rubbish\n');
    truncateSync(join(gitDir(), 'config'), 0);
    const tip = repository.commit({ message: 'two', files: { a: '2' } });
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip });
    expect(logger.lines.join('\n')).toMatch(/damaged and is fetched anew/);
  });

  it('keeps two processes out of one folder', async () => {
    repository.commit({ message: 'one', files: { a: '1' } });
    await create().fetch();
    await create().fetch();
    expect(readdirSync(directory).filter(n => /-\d$/.test(n))).toHaveLength(2);
  });

  it('joins loose objects when there are many', async () => {
    repository.commit({ message: 'one', files: { a: '1' } });
    const mirror = create();
    await mirror.fetch();
    await mirror.tidy({ all: true });
    const packs = readdirSync(join(gitDir(), 'objects/pack'));
    expect(packs.filter(name => name.endsWith('.pack'))).toHaveLength(1);
    expect(
      await (await mirror.objects()).read(repository.tip(), { maxBytes: 999 }),
    ).toMatchObject({ found: 'yes' });
  });

  describe('over http', () => {
    let server: GitHttpServer;

    beforeEach(async () => {
      server = await GitHttpServer.start(repository);
    });

    afterEach(() => server.close());

    it('uses the password, tells an expired one, and leaves it nowhere', async () => {
      const tip = repository.commit({ message: 'one', files: { a: '1' } });
      server.password = CANARY;
      let password = CANARY;
      const mirror = create({
        url: server.url,
        readCredentials: async () => ({ username: 'robot', password }),
      });
      expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip });
      expect(server.seen).toContain(`robot:${CANARY}`);

      server.password = 'renewed';
      const refused = await mirror.fetch();
      expect(refused).toMatchObject({
        kind: 'forbidden',
        reason: expect.stringMatching(/hasn't expired/),
      });
      password = 'renewed';
      expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip });

      const forms = [CANARY, encodeURIComponent(CANARY)].concat(
        Buffer.from(`robot:${CANARY}`).toString('base64'),
      );
      const told = JSON.stringify(refused) + logger.lines.join('\n');
      expect(logger.lines.join('\n')).toMatch(/git fetch/);
      for (const form of forms) {
        expect(told).not.toContain(form);
        expect(findInFiles(form, directory)).toBe('');
      }
    });

    it('says forbidden without any credentials, and does not ask', async () => {
      server.password = CANARY;
      expect(await create({ url: server.url }).fetch()).toMatchObject({
        kind: 'forbidden',
      });
    });

    it.each([
      [403, 'forbidden'],
      [404, 'missing'],
      [503, 'unreachable'],
      [500, 'failing'],
    ])('reads status %d as %s', async (status, kind) => {
      server.status = status;
      expect(await create({ url: server.url }).fetch()).toMatchObject({ kind });
    });

    it('gives a server that hangs its time and no more', async () => {
      server.hangs = true;
      const mirror = create({ url: server.url, timeoutMs: 60 });
      const startedAt = Date.now();
      expect(await mirror.fetch()).toMatchObject({ kind: 'timeout' });
      expect(Date.now() - startedAt).toBeLessThan(20_000);
    });

    it('gives up a first fetch that brings nothing, though it may take longer', async () => {
      server.hangs = true;
      const mirror = create({ url: server.url, timeoutMs: 2_000 });
      expect(await mirror.fetch()).toMatchObject({ kind: 'unreachable' });
    });

    it('repeats no token that stands in the URL', async () => {
      server.status = 403;
      const url = `${server.url}?private_token=${CANARY}`;
      const refused = await create({ url }).fetch();
      expect(refused).toMatchObject({ kind: 'forbidden' });
      const told = JSON.stringify(refused) + logger.lines.join('\n');
      expect(logger.lines.join('\n')).toMatch(/git fetch|lowSpeed/);
      expect(told).not.toContain(CANARY);
      expect(findInFiles(CANARY, directory)).toBe('');
    });

    it('ends git and all it started when it is closed', async () => {
      server.hangs = true;
      const mirror = create({ url: server.url });
      const fetching = mirror.fetch().catch(() => undefined);
      const running = () =>
        readdirSync('/proc')
          .filter(name => /^\d+$/.test(name))
          .filter(pid => {
            try {
              return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(
                server.url,
              );
            } catch {
              return false;
            }
          }).length;
      while (running() < 2) await new Promise(r => setTimeout(r, 20));
      await mirror.close();
      await fetching;
      const deadline = Date.now() + 30_000;
      while (running() > 0 && Date.now() < deadline) {
        await new Promise(r => setTimeout(r, 20));
      }
      expect(running()).toBe(0);
    });
  });
});
