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

/**
 * Milliseconds from the last byte of the matrix to the frame that shows it as
 * far as the window goes, and to the frame that has all cells.
 */
async function timeDrawing(
  browser: Browser,
  portal: Portal,
  clusters: number,
): Promise<{ seen: number; all: number }> {
  const page = await openPage(browser, portal);
  try {
    await page.addInitScript(cells => {
      const query = '.gc-root [role=grid] [role=gridcell]';
      const mark = (name: string, least: number) => {
        const look = () => {
          if (document.querySelectorAll(query).length >= least) {
            // This is before the frame is laid out and painted.
            setTimeout(() => performance.mark(name));
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      mark('seen', 1);
      mark('all', cells);
    }, clusters * clusters);
    await page.goto(`${portal.url}/links?axis=clusters`);
    await page.waitForFunction(
      () => performance.getEntriesByName('all').length > 0,
      undefined,
      { timeout: LONGEST_MS },
    );
    return await page.evaluate(() => {
      const [arrived] = performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/v1/links?'));
      const { responseEnd } = arrived as PerformanceResourceTiming;
      const until = (name: string) =>
        performance.getEntriesByName(name)[0].startTime - responseEnd;
      return { seen: until('seen'), all: until('all') };
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
          times.push(await timeDrawing(browser, portal, clusters));
        }
        figures.push({
          name: `matrix of ${clusters} clusters drawn after its data`,
          value: median(times.map(({ seen }) => seen)),
          unit: 'ms',
          target,
          note: `median of ${RUNS}; what the window shows, reading the JSON, layout and paint included; all cells after ${median(
            times.map(({ all }) => all),
          ).toFixed(0)} ms`,
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
