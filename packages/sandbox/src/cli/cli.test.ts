import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from './commands/index.ts';

const BIN = join(__dirname, '..', '..', 'bin', 'sandbox');

function sandbox(...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>(resolve => {
    execFile(process.execPath, [BIN, ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells everything, with defaults and examples', async () => {
    const { code, out, err } = await sandbox('--help');
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const command of COMMANDS) {
      expect(out).toContain(`yarn sandbox ${command.name}`);
      expect(out).toContain(`Example: yarn sandbox ${command.example}`);
      for (const [name, option] of Object.entries(command.options)) {
        expect(out).toContain(`--${name}`);
        expect(option.default).toBeTruthy();
        expect(option.example).toContain(`--${name}`);
      }
    }
  });

  it('ends only headings with a colon, which the CLI report relies on', async () => {
    const { out } = await sandbox('--help');
    expect(out.match(/^.*:$/gm)).toEqual(['Options:', 'Commands:']);
  });

  it('builds a world by the plain node command', async () => {
    const dir = join(folder, 'world');
    const size = ['--squads', '2', '--services', '8', '--days', '5'];
    const first = await sandbox('create', '--dir', dir, ...size);
    expect(first.err).toMatch(/100 %/);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Built in .* 2 squads, 8 services/),
    });
    expect(existsSync(join(dir, 'world.json'))).toBe(true);
    const second = await sandbox('create', '--dir', dir, ...size);
    expect(second).toMatchObject({
      code: 1,
      err: expect.stringContaining('--force'),
    });
  });

  it.each([
    [['fly'], /no command "fly"/],
    [['create', '--squads', 'many'], /--squads wants a whole number/],
    [['create', '--end', 'soon'], /--end wants a time/],
    [['create', '--colour', 'red'], /--colour/],
    [['release', 'ledger-api'], /wants service and environment/],
    [['run', '--rate', '-1'], /rate/],
    [['status', '--url', 'http://127.0.0.1:9'], /No sandbox answers/],
  ])('says what is wrong with %j', async (args, message) => {
    const { code, err } = await sandbox(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/ {4}at /);
  });
});
