import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import { median, percentile } from '../../lib/statistics.ts';
import type { Context, Figure } from '../../types.ts';
import { findServices, stateOf, SUSPENDED } from './board.ts';

const CHANGES = 40;
const CHANGES_ON_SCREEN = 12;

/** Milliseconds from a change in a cluster until the API tells it. */
async function timeChanges(portal: Portal): Promise<number[]> {
  const { name: cluster } = portal.clusters[0];
  const services = await findServices(portal, cluster);
  const times = [];
  for (let i = 0; i < CHANGES; i++) {
    const service = services[Math.floor(i / 2) % services.length];
    const isSuspending = i % 2 === 0;
    const control = isSuspending ? 'suspend' : 'resume';
    const started = performance.now();
    await portal.control(control, { cluster, kustomization: service });
    for (;;) {
      const board = await portal.get('/v1/board?squad=mine');
      if ((stateOf(board, service, cluster) === SUSPENDED) === isSuspending) {
        break;
      }
      if (performance.now() - started > 30_000) {
        throw new Error(`${control} of ${service} is not told`);
      }
      await rest(15);
    }
    times.push(performance.now() - started);
    // What was resumed is applied anew, which takes the cluster some time.
    await rest(1_000 + (i % 7) * 100);
  }
  return times;
}

/** The same until an open page shows it. */
async function timeOnScreen(portal: Portal, page: Page): Promise<number[]> {
  const { name: cluster } = portal.clusters[0];
  const services = await findServices(portal, cluster);
  const [service] = services;
  await page.goto(
    `${portal.url}/releases/board?squad=all&group=none&q=${service}`,
  );
  await page.getByRole('row').nth(1).waitFor();
  // The first page after a start of the backend waits seconds for its channel
  // of signals: the server listens for one only after the first request.
  await rest(10_000);
  const times = [];
  for (let i = 0; i < CHANGES_ON_SCREEN; i++) {
    const isSuspending = i % 2 === 0;
    const started = performance.now();
    await portal.control(isSuspending ? 'suspend' : 'resume', {
      cluster,
      kustomization: service,
    });
    await page.waitForFunction(
      ([name, wanted]) =>
        [...document.querySelectorAll('.gc-pips')].some(pips =>
          new RegExp(`Suspended: [^.]*${name}`).test(pips.textContent ?? ''),
        ) === wanted,
      [cluster, isSuspending] as const,
      { polling: 'raf', timeout: 60_000 },
    );
    times.push(performance.now() - started);
    await rest(2_500 + (i % 5) * 170);
  }
  return times;
}

async function timeInBrowser(
  context: Context,
  portal: Portal,
): Promise<number[]> {
  const browser = await chromium.launch({
    executablePath: context.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1440, height: 900 } })
    ).newPage();
    await page.addInitScript(person => {
      window.sessionStorage.setItem(
        'ground-control.development-sign-in',
        person,
      );
    }, portal.person);
    return await timeOnScreen(portal, page);
  } finally {
    await browser.close();
  }
}

/** How soon a change in a cluster is told. */
export async function measureChanges(
  context: Context,
  portal: Portal,
): Promise<Figure[]> {
  const told = await timeChanges(portal);
  const shown = await timeInBrowser(context, portal);
  return [
    {
      name: 'a change in a cluster to the API, p95',
      value: percentile(told, 0.95),
      unit: 'ms',
      target: 500,
      note: `${told.length} changes; median ${median(told).toFixed(0)} ms`,
    },
    {
      name: 'a change in a cluster to an open page, p95',
      value: percentile(shown, 0.95),
      unit: 'ms',
      target: 1_500,
      note: `${shown.length} changes; median ${median(shown).toFixed(0)} ms`,
    },
  ];
}
