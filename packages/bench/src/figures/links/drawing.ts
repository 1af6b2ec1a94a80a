import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import type { Portal } from '../../lib/Portal.ts';
import { rest } from '../../lib/rest.ts';
import { median } from '../../lib/statistics.ts';
import type { Context, Figure, Measurement } from '../../types.ts';
import { openPage } from '../browser.ts';
import { buildLibraries } from './buildLibraries.ts';
import { READ_EVERY_S, startLinksPortal } from './startLinksPortal.ts';
import { startProcess } from './startProcess.ts';

const RUNS = 5;
const SIZES = [
  { clusters: 12, target: 100 },
  { clusters: 50, target: 300 },
];
const LONGEST_MS = 30_000;

/** Milliseconds from the last byte of the matrix to the frame that shows it. */
async function timeDrawing(browser: Browser, portal: Portal): Promise<number> {
  const page = await openPage(browser, portal);
  try {
    await page.addInitScript(() => {
      const look = () => {
        if (document.querySelector('.gc-root [role=grid] [role=gridcell]')) {
          // This is before the frame is laid out and painted.
          setTimeout(() => performance.mark('drawn'));
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`${portal.url}/links?axis=clusters`);
    await page.waitForFunction(
      () => performance.getEntriesByName('drawn').length > 0,
      undefined,
      { timeout: LONGEST_MS },
    );
    return await page.evaluate(() => {
      const [drawn] = performance.getEntriesByName('drawn');
      const [arrived] = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/v1/links?'));
      return arrived
        ? drawn.startTime - (arrived as PerformanceResourceTiming).responseEnd
        : NaN;
    });
  } finally {
    await page.context().close();
  }
}

async function measureDrawing(context: Context): Promise<Figure[]> {
  const folder = await mkdtemp(join(context.root, '.data', 'links-'));
  const browser = await chromium.launch({
    executablePath: context.chromium,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const figures: Figure[] = [];
  try {
    const libraries = await buildLibraries(context.root, folder);
    for (const { clusters, target } of SIZES) {
      const probes = await startProcess<string[]>('probes.ts', {
        ...libraries,
        clusters,
      });
      try {
        const portal = await startLinksPortal(context, {
          name: `bench-links-${clusters}`,
          addresses: probes.said,
        });
        await rest(2 * READ_EVERY_S * 1_000);
        const times = [];
        for (let i = 0; i < RUNS; i += 1) {
          times.push(await timeDrawing(browser, portal));
        }
        figures.push({
          name: `matrix of ${clusters} clusters drawn after its data`,
          value: median(times),
          unit: 'ms',
          target,
          note: `median of ${RUNS}; reading the JSON, layout and paint included`,
        });
      } finally {
        probes.child.kill();
      }
    }
    return figures;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a reader of the matrix waits for. */
export const linkDrawing: Measurement = {
  id: 'links-browser',
  title: 'The matrix of links in a browser',
  measure: measureDrawing,
};
