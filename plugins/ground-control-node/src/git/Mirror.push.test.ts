import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { GitHttpServer } from '../testing/GitHttpServer';
import { TestRepository } from '../testing/TestRepository';
import { GitCredentials } from './gitEnvironment';
import { Mirror } from './Mirror';
import { parseRemoteUrl } from './remoteUrl';

const CANARY = 'canary-tok/en+4711';
const WHO = { name: 'Ground Control', email: 'ground-control@example.com' };

describe('Mirror.push', () => {
  let repository: TestRepository;
  let directory: string;
  let base: string;
  const mirrors: Mirror[] = [];
  const logger = createRecordingLogger();

  beforeEach(() => {
    repository = TestRepository.create();
    directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
    base = repository.commit({ message: 'one', files: { a: '1' } });
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
    const mirror = new Mirror({
      remote: parseRemoteUrl(options.url ?? repository.path),
      branch: 'master',
      directory,
      timeoutMs: options.timeoutMs ?? 20_000,
      logger,
      readCredentials: options.readCredentials,
    });
    mirrors.push(mirror);
    return mirror;
  };
  const write = async (mirror: Mirror, content = '2') => {
    const [tip] = await mirror.write({
      base,
      commits: [
        {
          message: 'two\n',
          changes: [
            {
              kind: 'put',
              path: 'b',
              mode: '100644',
              content: Buffer.from(content),
            },
          ],
          author: WHO,
          committer: WHO,
          at: new Date(1_772_366_400_000),
        },
      ],
    });
    return { expected: base, tip };
  };
  const hook = (name: string, script: string) => {
    const path = join(repository.path, 'hooks', name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };

  it('brings commits to the branch, once', async () => {
    const mirror = create();
    await mirror.fetch();
    const pushing = await write(mirror);
    expect(await mirror.push(pushing)).toEqual({ kind: 'pushed' });
    expect(repository.tip()).toBe(pushing.tip);
    // Only a fetch says where the remote is.
    expect(mirror.tip).toBe(base);
    expect(await mirror.fetch()).toEqual({ kind: 'fetched', tip: pushing.tip });
    expect(await mirror.push(pushing)).toEqual({ kind: 'pushed' });
    expect(repository.git('rev-list', '--count', 'master')).toBe('2');
  });

  it('says that the branch has moved, forward or back, and leaves it', async () => {
    const older = base;
    base = repository.commit({ message: 'newer', files: { a: '9' } });
    const mirror = create();
    await mirror.fetch();
    const pushing = await write(mirror);
    const theirs = repository.commit({ message: 'x', files: { c: '1' } });
    expect(await mirror.push(pushing)).toMatchObject({ kind: 'moved' });
    expect(repository.tip()).toBe(theirs);
    repository.reset(older);
    expect(await mirror.push(pushing)).toMatchObject({ kind: 'moved' });
    expect(repository.tip()).toBe(older);
  });

  it('says so too when it moves while the commits are on their way', async () => {
    const mirror = create();
    await mirror.fetch();
    const pushing = await write(mirror);
    const theirs = repository.commit({ message: 'x', files: { c: '1' } });
    repository.reset(base);
    hook(
      'pre-receive',
      `unset GIT_QUARANTINE_PATH; git update-ref refs/heads/master ${theirs}`,
    );
    expect(await mirror.push(pushing)).toMatchObject({ kind: 'moved' });
    expect(repository.tip()).toBe(theirs);
  });

  it('tells a hook that refuses, in its words', async () => {
    const mirror = create();
    await mirror.fetch();
    hook('pre-receive', 'echo "Releases need a ticket" >&2; exit 1');
    const pushing = await write(mirror);
    expect(await mirror.push(pushing)).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(
        /: Releases need a ticket .*Check its hooks/,
      ),
    });
    rmSync(join(repository.path, 'hooks/pre-receive'));
    hook('update', 'exit 1');
    expect(await mirror.push(pushing)).toMatchObject({ kind: 'refused' });
    expect(repository.tip()).toBe(base);
  });

  it('tells a lock that a dead process left there, and goes on without it', async () => {
    const mirror = create();
    await mirror.fetch();
    const lock = join(repository.path, 'refs/heads/master.lock');
    writeFileSync(lock, '');
    const pushing = await write(mirror);
    expect(await mirror.push(pushing)).toMatchObject({
      kind: 'failing',
      reason: expect.stringMatching(/locks that a dead process left/),
    });
    rmSync(lock);
    expect(await mirror.push(pushing)).toEqual({ kind: 'pushed' });
  });

  it('tells a repository that is gone', async () => {
    const mirror = create();
    await mirror.fetch();
    const pushing = await write(mirror);
    repository.remove();
    expect(await mirror.push(pushing)).toMatchObject({ kind: 'missing' });
  });

  it('tells a commit that nobody wrote', async () => {
    const mirror = create();
    await mirror.fetch();
    const tip = 'ab'.repeat(20);
    expect(await mirror.push({ expected: base, tip })).toMatchObject({
      kind: 'failing',
    });
    await expect(
      mirror.push({ expected: base, tip: '--mirror' }),
    ).rejects.toThrow(/full id/);
  });

  it('is stopped by its signal, and can be made again', async () => {
    const mirror = create();
    await mirror.fetch();
    hook('pre-receive', 'sleep 30');
    const pushing = await write(mirror);
    const stop = new AbortController();
    const stopped = mirror.push({ ...pushing, signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    await expect(stopped).rejects.toThrow(/abort/i);
    hook('pre-receive', 'exit 0');
    expect(await mirror.push(pushing)).toEqual({ kind: 'pushed' });
    expect(repository.git('rev-list', '--count', 'master')).toBe('2');
  });

  describe('over http', () => {
    let server: GitHttpServer;

    beforeEach(async () => {
      repository.git('config', 'http.receivepack', 'true');
      server = await GitHttpServer.start(repository);
    });

    afterEach(() => server.close());

    it('uses the password, tells a wrong one, and leaves it nowhere', async () => {
      server.password = CANARY;
      let password = CANARY;
      const mirror = create({
        url: server.url,
        readCredentials: async () => ({ username: 'robot', password }),
      });
      await mirror.fetch();
      const pushing = await write(mirror, 'x'.repeat(100_000));
      password = 'wrong-one-4711';
      const refused = await mirror.push(pushing);
      expect(refused).toMatchObject({ kind: 'forbidden' });
      password = CANARY;
      expect(await mirror.push(pushing)).toEqual({ kind: 'pushed' });
      const told = JSON.stringify(refused) + logger.lines.join('\n');
      expect(told).toMatch(/git push/);
      for (const secret of [CANARY, 'wrong-one-4711']) {
        expect(told).not.toContain(secret);
        expect(told).not.toContain(encodeURIComponent(secret));
      }
    });

    it('tells one that may read but not write', async () => {
      const mirror = create({ url: server.url });
      await mirror.fetch();
      repository.git('config', 'http.receivepack', 'false');
      expect(await mirror.push(await write(mirror))).toMatchObject({
        kind: 'forbidden',
        reason: expect.stringMatching(/may push/),
      });
    });

    it('gives a server that hangs its time, and one that is gone none', async () => {
      const patient = create({ url: server.url });
      await patient.fetch();
      await patient.close();
      const mirror = create({ url: server.url, timeoutMs: 3_000 });
      const pushing = await write(mirror);
      server.hangs = true;
      const startedAt = Date.now();
      expect(await mirror.push(pushing)).toMatchObject({
        kind: 'timeout',
        reason: expect.stringMatching(/configRepository.timeout/),
      });
      expect(Date.now() - startedAt).toBeLessThan(15_000);
      await server.close();
      expect(await mirror.push(pushing)).toMatchObject({ kind: 'unreachable' });
    });
  });
});
