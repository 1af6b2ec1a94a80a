import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { median } from '../lib/statistics.ts';
import type { Portal } from '../lib/Portal.ts';
import type { Context, Figure, Measurement } from '../types.ts';

const RUNS = 5;

/** A page in which the portal's person is signed in. */
export async function openPage(
  browser: Browser,
  portal: Portal,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.addInitScript(person => {
    window.sessionStorage.setItem('ground-control.development-sign-in', person);
  }, portal.person);
  return page;
}

/** Largest contentful paint of a cold load, in milliseconds. */
async function timePaint(
  browser: Browser,
  portal: Portal,
  path: string,
  ready: string,
): Promise<number> {
  const page = await openPage(browser, portal);
  await page.goto(portal.url + path);
  await page.locator(ready).first().waitFor();
  await page.waitForTimeout(1_000);
  const paint = await page.evaluate(
    () =>
      new Promise<number>(resolve => {
        new PerformanceObserver(list => {
          resolve(list.getEntries().pop()!.startTime);
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await page.context().close();
  return paint;
}

/** Milliseconds from the board's data in the page to its first rows drawn. */
async function timeMount(browser: Browser, portal: Portal): Promise<number> {
  const page = await openPage(browser, portal);
  await page.goto(`${portal.url}/releases/board?squad=all&group=none`);
  await page.locator('[role=row] >> nth=10').waitFor();
  const [data, shown] = await page.evaluate(() =>
    ['ground-control:board-data', 'ground-control:board-shown'].map(
      mark => performance.getEntriesByName(mark)[0]?.startTime ?? NaN,
    ),
  );
  await page.context().close();
  return shown - data;
}

/** The longest of typing, moving by keys, sorting and opening, in milliseconds. */
async function timeInteractions(
  browser: Browser,
  portal: Portal,
): Promise<number> {
  const page = await openPage(browser, portal);
  await page.goto(`${portal.url}/releases/board?squad=all&group=none`);
  await page.locator('[role=row] >> nth=10').waitFor();
  await page.evaluate(() => {
    const durations: number[] = [];
    (window as any).durations = durations;
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        if ((entry as any).interactionId) durations.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold: 16 } as any);
  });
  const filter = page.locator('.gc-root input[type=search]').first();
  await filter.click();
  await filter.pressSequentially('api', { delay: 120 });
  await page.waitForTimeout(400);
  await filter.fill('');
  await page.waitForTimeout(400);
  await page.locator('[role=gridcell]').nth(4).click();
  await page.keyboard.press('Escape');
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.waitForTimeout(500);
  const worst = await page.evaluate(() =>
    Math.max(0, ...(window as any).durations),
  );
  await page.context().close();
  return worst;
}

async function repeat(run: () => Promise<number>): Promise<number[]> {
  const values = [];
  for (let i = 0; i < RUNS; i++) values.push(await run());
  return values;
}

async function measureBoard(
  browser: Browser,
  portal: Portal,
  rows: number,
  target: number,
): Promise<Figure[]> {
  const mounts = await repeat(() => timeMount(browser, portal));
  const interactions = await repeat(() => timeInteractions(browser, portal));
  return [
    {
      name: `board mounted after its data, ${rows} rows`,
      value: median(mounts),
      unit: 'ms',
      target,
      note: `median of ${RUNS}`,
    },
    {
      name: `worst interaction with ${rows} rows`,
      value: median(interactions),
      unit: 'ms',
      target: 100,
      note: `median of ${RUNS}; typing, keys, opening a cell`,
    },
  ];
}

async function measureBrowser(context: Context): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: context.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const portal = await context.startPortal({ name: 'bench-browser' });
    await portal.waitUntilFresh(60_000);
    const board: number[] = [];
    const entity: number[] = [];
    // Interleaved, so that a busy moment of the machine meets both.
    for (let i = 0; i < RUNS + 1; i++) {
      const paints = [
        await timePaint(browser, portal, '/releases/board', '[role=row]'),
        await timePaint(
          browser,
          portal,
          '/catalog/default/system/ledger',
          'h1',
        ),
      ];
      // The first load fills the server's caches.
      if (i > 0) {
        board.push(paints[0]);
        entity.push(paints[1]);
      }
    }
    const figures: Figure[] = [
      {
        name: 'board cold (LCP) against the stock entity page',
        value: median(board) / median(entity),
        unit: '×',
        target: 1.1,
        note: `median of ${RUNS}: ${median(board).toFixed(0)} ms and ${median(
          entity,
        ).toFixed(0)} ms`,
      },
      ...(await measureBoard(browser, portal, 450, 250)),
    ];
    const large = await context.startPortal({
      name: 'bench-browser-large',
      // 5,000 Components would keep the catalog busy for minutes meanwhile.
      catalog: 'people.yaml',
      sandbox: {
        services: 5000,
        squads: 250,
        releases: 20_000,
        'no-artifacts': true,
      },
    });
    await large.waitUntilFresh(300_000);
    return [...figures, ...(await measureBoard(browser, large, 5000, 350))];
  } finally {
    await browser.close();
  }
}

/** What a reader of the board waits for. */
export const browserFigures: Measurement = {
  id: 'browser',
  title: 'The board in a browser',
  measure: measureBrowser,
};
