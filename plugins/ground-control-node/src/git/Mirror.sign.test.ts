import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { TestRepository } from '../testing/TestRepository';
import { Mirror } from './Mirror';
import { parseRemoteUrl } from './remoteUrl';
import { CommitPlan, CommitSigning } from './writing';

const EMAIL = 'ground-control@example.com';
const WHO = { name: 'Ground Control', email: EMAIL };
const quiet = {
  stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
};

describe('Mirror.write with signing', () => {
  let repository: TestRepository;
  let directory: string;
  let mirror: Mirror;
  let base: string;

  beforeEach(async () => {
    repository = TestRepository.create();
    // A socket's path must be short, and gpg has one in its home.
    directory = mkdtempSync(join(tmpdir(), 'gc-'));
    mirror = new Mirror({
      remote: parseRemoteUrl(repository.path),
      branch: 'master',
      directory: join(directory, 'm'),
      timeoutMs: 20_000,
      logger: createRecordingLogger(),
    });
    base = repository.commit({ message: 'one', files: { a: '1' } });
    await mirror.fetch();
  });

  afterEach(async () => {
    await mirror.close();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const plan = (content: string): CommitPlan => ({
    message: `${content}\n\nKey: value\n`,
    changes: [
      { kind: 'put', path: 'b', mode: '100644', content: Buffer.from(content) },
    ],
    author: { name: 'Ada', email: 'ada@example.com' },
    committer: WHO,
    at: new Date(),
  });
  const createSshKey = () => {
    const keyFile = join(directory, 'key');
    execFileSync(
      'ssh-keygen',
      ['-q', '-t', 'ed25519', '-N', '', '-C', EMAIL, '-f', keyFile],
      quiet,
    );
    return keyFile;
  };
  /** Pushes two commits and returns them as the remote has them. */
  const pushTwo = async (signing: CommitSigning) => {
    const commits = [plan('two'), plan('three')];
    const revisions = await mirror.write({ base, commits, signing });
    const tip = revisions[1];
    expect(await mirror.push({ expected: base, tip })).toEqual({
      kind: 'pushed',
    });
    expect(repository.git('rev-list', `${base}..master`).split('\n')).toEqual([
      revisions[1],
      revisions[0],
    ]);
    expect(repository.git('show', 'master:b')).toBe('three');
    expect(repository.git('log', '-1', '--format=%an %ae %cn %ce')).toBe(
      `Ada ada@example.com Ground Control ${EMAIL}`,
    );
    return revisions;
  };

  it('signs by ssh, each commit of a stack', async () => {
    const keyFile = createSshKey();
    const publicKey = execFileSync('cat', [`${keyFile}.pub`], quiet).toString();
    const signers = join(directory, 'signers');
    writeFileSync(signers, `${EMAIL} ${publicKey}`);
    for (const revision of await pushTwo({ format: 'ssh', keyFile })) {
      repository.git(
        ...['-c', `gpg.ssh.allowedSignersFile=${signers}`],
        ...['verify-commit', revision],
      );
    }
    expect(() => repository.git('verify-commit', base)).toThrow();
  });

  it('signs by openpgp, each commit of a stack', async () => {
    const home = mkdtempSync(join(directory, 'g'));
    const env = { PATH: process.env.PATH, GNUPGHOME: home };
    const gpg = (...args: string[]) =>
      execFileSync('gpg', ['--batch', '--quiet', ...args], { ...quiet, env });
    try {
      gpg(
        ...['--passphrase', '', '--pinentry-mode', 'loopback'],
        ...['--quick-generate-key', `Ground Control <${EMAIL}>`, 'ed25519'],
      );
      const signing = { format: 'openpgp', keyId: EMAIL, home } as const;
      const revisions = await pushTwo(signing);
      const args = ['verify-commit', '--raw', ...revisions];
      const said = spawnSync('git', args, {
        env: { ...env, GIT_DIR: repository.path },
        encoding: 'utf8',
      });
      expect(said.status).toBe(0);
      expect(said.stderr.match(/GOODSIG/g)).toHaveLength(2);
    } finally {
      execFileSync('gpgconf', ['--kill', 'gpg-agent'], { ...quiet, env });
    }
  });

  it('gives no commit at all when one can’t be signed', async () => {
    const missing = join(directory, 'not-there');
    await expect(
      mirror.write({
        base,
        commits: [plan('two')],
        signing: { format: 'ssh', keyFile: missing },
      }),
    ).rejects.toThrow(/could not be signed/);
    const home = mkdtempSync(join(directory, 'g'));
    await expect(
      mirror.write({
        base,
        commits: [plan('two')],
        signing: { format: 'openpgp', keyId: EMAIL, home },
      }),
    ).rejects.toThrow(/could not be signed/);
    expect(readdirSync(join(repository.path, 'refs/heads'))).toEqual([
      'master',
    ]);
    expect(repository.tip()).toBe(base);
  });
});
