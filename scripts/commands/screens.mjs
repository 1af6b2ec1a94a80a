// Takes the pictures of docs/screenshots from the deployed portal with the
// reference company as its world: every screen, light and dark, wide and
// narrow, in both frontend systems. `--only board,history` takes some.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { buildBundle } from '../lib/bundle.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { fail, say } from '../lib/messages.mjs';
import { root } from '../lib/paths.mjs';
import { Stack } from '../lib/stack.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs/screenshots') },
  },
});

const SIZES = { wide: [1440, 900], narrow: [390, 844] };
/** Each screen: where it is, what shows that it is there, and what to do first. */
const SCREENS = {
  board: { path: '/releases/board', ready: '[role=row]' },
  'board-all': {
    path: '/releases/board?squad=all&group=squad',
    ready: '[role=row]',
  },
  'board-sheet': {
    path: '/releases/board?squad=all&open=banking/ledger-api@prod',
    ready: '[role=dialog]',
    sizes: ['wide'],
  },
  history: {
    path: '/releases/services/banking/ledger-api',
    ready: '.gc-root h2',
  },
  activity: { path: '/releases/activity', ready: '.gc-root h2' },
  find: {
    path: state => `/releases/find?q=${state.commit}`,
    ready: '.gc-root h2',
  },
  diff: {
    path: state =>
      `/releases/services/banking/ledger-api?from=${state.from}&to=${state.to}`,
    ready: '.gc-root h2',
  },
  component: {
    path: '/catalog/default/component/ledger-api',
    ready: 'text=Where it runs',
  },
  group: { path: '/catalog/default/group/squad-ledger', ready: '.gc-root' },
  clusters: { path: '/releases/clusters', ready: '.gc-root h2' },
  cluster: { path: '/releases/clusters/gcp-dev-1', ready: '.gc-root h2' },
  resource: {
    path: '/catalog/default/resource/aws-prod-1/cluster',
    ready: '.gc-root h3',
    sizes: ['wide'],
  },
  forbidden: {
    path: '/releases/board',
    ready: '.gc-root',
    person: 'user:default/vic.lane',
    sizes: ['wide'],
  },
  // From here on a release waits for a decision.
  requests: {
    path: '/releases/requests',
    ready: '.gc-root li',
    person: 'user:default/dee.park',
    before: 'ask',
  },
  request: {
    path: '/releases/requests/REQ-1',
    ready: '.gc-verdicts',
    person: 'user:default/dee.park',
  },
  ask: {
    path: '/releases/services/banking/ledger-api?ask=prod',
    ready: '[role=dialog] .gc-verdicts',
    sizes: ['wide'],
  },
  rollback: {
    path: '/releases/services/banking/ledger-api?rollback=prod',
    ready: '[role=dialog] input',
    sizes: ['wide'],
  },
  audit: {
    path: '/releases/audit',
    ready: '.gc-audit td',
    person: 'user:default/pat.moss',
  },
  policies: {
    path: '/releases/policies?squad=group:default/squad-ledger',
    ready: '.gc-root table td',
    person: 'user:default/dee.park',
  },
  // From here on with links that aren't well.
  links: {
    path: '/links?pct=p50',
    ready: '.gc-root [role=gridcell]',
    before: 'breakLinks',
  },
  'links-map': { path: '/links/map', ready: '.gc-root svg' },
  'links-calls': {
    path: '/links/calls?squad=all',
    ready: '.gc-root h2',
  },
  'links-gateway': {
    path: '/links/gateway?squad=all',
    ready: '.gc-root h2',
  },
  'links-pair': {
    path: '/links/aws-prod-1/az-prod-1?win=5m&pct=p50',
    ready: '.gc-root svg',
  },
  // From here on with clusters and services that aren't well.
  'board-unwell': {
    path: '/releases/board',
    ready: '[role=row]',
    before: 'break',
  },
  'clusters-unwell': { path: '/releases/clusters', ready: '.gc-root h2' },
};

function command(control, name, values) {
  return fetch(`${control}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
}

/** A newer build in staging, and somebody who wishes for it in production. */
async function askForRelease(control, urls) {
  const name = 'ledger-api';
  await command(control, 'build', { service: name });
  await command(control, 'build', { service: name });
  await command(control, 'release', { service: name, environment: 'staging' });
  for (const url of urls) {
    const token = await signIn(url);
    for (;;) {
      const response = await fetch(`${url}/api/ground-control/v1/requests`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          wishes: [
            {
              service: { namespace: 'banking', name },
              environment: 'prod',
              intent: 'promote',
            },
          ],
          reason: 'Customers wait for the new rounding.',
          idempotencyKey: 'screens',
        }),
      });
      if (response.ok) break;
      // Until the release to staging is read.
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

/** Two clusters that aren't heard of, and three services with a trouble each. */
async function breakThings(control) {
  const ask = (name, values) => command(control, name, values);
  await ask('suspend', { cluster: 'aws-prod-1', kustomization: 'balance-api' });
  await ask('crash-pods', {
    service: 'ledger-api',
    where: 'gcp-prod-1',
    now: 'true',
  });
  await ask('drift', { cluster: 'az-prod-1', service: 'fx-api' });
  await ask('cluster-fault', { cluster: 'aws-prod-2', fault: 'hang' });
  await ask('cluster-fault', { cluster: 'az-stg-1', fault: 'unauthorized' });
  await new Promise(resolve => setTimeout(resolve, 12_000));
}

/** A link that is down in one direction, one that loses, one that is gone. */
async function breakLinks(control) {
  const ask = (name, values) => command(control, name, values);
  await ask('link-down', { from: 'aws-prod-1', to: 'gcp-prod-1' });
  await ask('link-lossy', {
    from: 'aws-prod-1',
    to: 'az-prod-1',
    share: '0.3',
  });
  await ask('unlink', { from: 'gcp-prod-1', to: 'aws-prod-1' });
  // A probe every five seconds, and two lost ones are no chance.
  await new Promise(resolve => setTimeout(resolve, 75_000));
}

async function signIn(url) {
  const response = await fetch(`${url}/api/auth/developmentSignIn/refresh`, {
    headers: { 'x-development-person': 'user:default/ana.ruiz' },
  });
  return (await response.json()).backstageIdentity.token;
}

async function readState(url) {
  const token = await signIn(url);
  const get = async path =>
    (
      await fetch(`${url}/api/ground-control${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).json();
  for (;;) {
    if ((await get('/v1/repository')).state === 'fresh') break;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  for (;;) {
    const { items } = await get('/v1/clusters');
    if (items.every(one => one.connection.state === 'live')) break;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  const { items } = await get(
    '/v1/services/banking/ledger-api/releases?environment=prod&limit=3',
  );
  return {
    commit: items[0].artifact.commit,
    to: `prod@${items[0].position}`,
    from: `prod@${items[1].position}`,
  };
}

async function shoot(browser, url, name, screen, theme, size, suffix) {
  const [width, height] = SIZES[size];
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  await page.addInitScript(
    ([person, themeId]) => {
      window.sessionStorage.setItem(
        'ground-control.development-sign-in',
        person,
      );
      window.localStorage.setItem('theme', themeId);
    },
    [screen.person ?? 'user:default/ana.ruiz', theme],
  );
  await page.goto(url + screen.path);
  await page.locator(screen.ready).first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1_200);
  const parts = [name, size === 'narrow' && 'narrow', theme, suffix];
  await page.screenshot({
    path: join(options.out, `${parts.filter(Boolean).join('-')}.png`),
  });
  await context.close();
}

const stack = new Stack('screens');
let code = 0;
try {
  mkdirSync(options.out, { recursive: true });
  const executablePath = ensureChromium();
  const { urls, control } = await stack.start({
    bundle: await buildBundle(),
    apps: ['app', 'app-classic'],
    probes: true,
  });
  const state = await readState(urls.app);
  await readState(urls['app-classic']);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const only = options.only?.split(',');
  for (const [name, { path, ...screen }] of Object.entries(SCREENS)) {
    if (only && !only.includes(name)) continue;
    const resolved = {
      ...screen,
      path: typeof path === 'function' ? path(state) : path,
    };
    say(name);
    if (screen.before === 'ask') {
      await askForRelease(control, Object.values(urls));
    }
    if (screen.before === 'breakLinks') await breakLinks(control);
    if (screen.before === 'break') await breakThings(control);
    for (const theme of ['light', 'dark']) {
      for (const size of screen.sizes ?? Object.keys(SIZES)) {
        await shoot(browser, urls.app, name, resolved, theme, size).catch(
          error => {
            code = fail(error);
          },
        );
      }
    }
    const classic = urls['app-classic'];
    await shoot(
      browser,
      classic,
      name,
      resolved,
      'light',
      'wide',
      'classic',
    ).catch(error => {
      code = fail(error);
    });
  }
  await browser.close();
} catch (error) {
  code = fail(error);
}
await stack.stop();
process.exit(code);
