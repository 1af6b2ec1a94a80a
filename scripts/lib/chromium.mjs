import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { say, Stop } from './messages.mjs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

function find() {
  return PLACES.find(place => place && existsSync(place));
}

/**
 * Finds a Chromium for the browser tests, or installs the system's package
 * where that can be done without a question. Returns its path; throws a Stop
 * that says what to do.
 */
export function ensureChromium() {
  const found = find();
  if (found) {
    return found;
  }
  const canInstall =
    process.getuid?.() === 0 &&
    spawnSync('apt-get', ['--version']).status === 0;
  if (canInstall) {
    say('Installing Chromium from the system’s packages…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const run = args => spawnSync('apt-get', args, { env, encoding: 'utf8' });
    run(['update']);
    const result = run([
      'install',
      '-y',
      '--no-install-recommends',
      'chromium',
      'fonts-dejavu-core',
    ]);
    const installed = find();
    if (installed) {
      return installed;
    }
    throw new Stop(
      'Chromium could not be installed.',
      (result.stderr ?? '').slice(-2000),
    );
  }
  throw new Stop(
    'The browser tests need Chromium, and none was found.',
    'Install it (Debian and Ubuntu: apt install chromium; macOS: brew install --cask chromium), or name one in CHROMIUM_PATH, and run the command again.',
  );
}
