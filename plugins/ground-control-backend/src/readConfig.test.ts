import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { readConfig } from './readConfig';

const read = (groundControl?: object) =>
  readConfig(
    mockServices.rootConfig({
      data: groundControl ? { groundControl: groundControl as any } : {},
    }),
  );
const repository = (more: object) =>
  read({ configRepository: { url: 'https://host/x.git', ...more } });

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(read()).toMatchObject({ environments: ['dev', 'staging', 'prod'] });
    expect(read().repository).toBeUndefined();
  });

  it('has defaults for all but the URL', () => {
    expect(repository({}).repository).toMatchObject({
      branch: 'master',
      layout: 'release-manager',
      pollIntervalMs: 10_000,
      timeoutMs: 120_000,
    });
    expect(repository({ pollInterval: '30s' }).repository?.pollIntervalMs).toBe(
      30_000,
    );
    expect(repository({ timeout: { minutes: 1 } }).repository?.timeoutMs).toBe(
      60_000,
    );
  });

  it.each<[string, object, RegExp]>([
    [
      'a password in the URL',
      { url: 'https://u:canary@host/x' },
      /url can't be used: .*password/,
    ],
    ['no URL', { url: '' }, /url/],
    [
      'an option for a URL',
      { url: '--upload-pack=canary' },
      /url can't be used/,
    ],
    [
      'two passwords',
      { password: 'canary', passwordFile: '/canary' },
      /both password and passwordFile/,
    ],
    ['a password of two lines', { password: 'canary\nx' }, /line end/],
    ['a bad branch', { branch: '-canary' }, /branch may not start/],
    [
      'a password in a path',
      { url: 'https:/u:canary@host/x' },
      /url can't be used: .*password/,
    ],
    [
      'no time',
      { pollInterval: '1ms' },
      /groundControl.configRepository.pollInterval must be one second/,
    ],
    [
      'what is no time',
      { timeout: 'canary' },
      /groundControl.configRepository.timeout is not a length of time/,
    ],
    [
      'a unit that is none',
      { pollInterval: { canary: 5 } },
      /groundControl.configRepository.pollInterval is not a length of time/,
    ],
  ])('refuses %s, and repeats no secret', (_, more, message) => {
    let error = '';
    try {
      repository(more);
    } catch (e) {
      error = String(e);
    }
    expect(error).toMatch(message);
    expect(error).not.toContain('canary');
  });

  it.each([[[]], [['dev', 'dev']], [['Dev']], [['../x']]])(
    'refuses environments %j',
    environments => {
      expect(() => read({ environments })).toThrow(
        /groundControl.environments/,
      );
    },
  );

  it('reads a password file anew each time, and says when it cannot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ground-control-config-'));
    const passwordFile = join(folder, 'token');
    const settings = repository({ username: 'u', passwordFile }).repository!;
    await expect(settings.readCredentials()).rejects.toThrow(
      /passwordFile can't be read \(ENOENT\)/,
    );
    writeFileSync(passwordFile, 'one\n');
    expect(await settings.readCredentials()).toMatchObject({
      username: 'u',
      password: 'one',
    });
    writeFileSync(passwordFile, 'two\n');
    expect(await settings.readCredentials()).toMatchObject({ password: 'two' });
    writeFileSync(passwordFile, 'canary\nthree');
    await expect(settings.readCredentials()).rejects.toThrow(/one line/);
    rmSync(folder, { recursive: true });
  });

  it('asks the integration of the host where it has no password', async () => {
    const settings = readConfig(
      mockServices.rootConfig({
        data: {
          integrations: { github: [{ host: 'github.com', token: 'ghp' }] },
          groundControl: {
            configRepository: { url: 'https://github.com/bank/config' },
            sourceHistory: {
              git: { url: 'https://github.com/bank/{service}' },
            },
          },
        },
      }),
    );
    const { remote, readCredentials } = settings.repository!;
    const expected = { username: 'x-access-token', password: 'ghp' };
    expect(await readCredentials()).toMatchObject(expected);
    const { git } = settings.sourceHistory;
    expect(await git!.readCredentials(remote)).toMatchObject(expected);
  });
});
