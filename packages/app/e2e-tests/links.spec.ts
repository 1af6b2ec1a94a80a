import { Page } from '@playwright/test';
import {
  control,
  expect,
  expectAccessible,
  expectNoOverflow,
  openEntityTab,
  PORTALS,
  signInAs,
  test,
  useTheme,
} from './lib/portal';

const FROM = 'aws-prod-1';
const TO = 'az-prod-1';

/** The cell of a link in the matrix, by what it says to a screen reader. */
const cell = (page: Page, from: string, to: string, state: string) =>
  page.getByRole('gridcell', { name: `${from} to ${to}: ${state}.` });

/** Another link, which hangs while the first one refuses. */
const HANGING = { from: 'gcp-prod-1', to: 'az-prod-1' };

test.afterEach(async () => {
  await control('link-heal', { from: FROM, to: TO });
  await control('link-heal', HANGING);
});

for (const [system, url] of Object.entries(PORTALS)) {
  test(`real probes fill the matrix, each direction by itself (${system})`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}/links`);
    await expect(page).toHaveTitle(/Links/);
    await expect(cell(page, FROM, TO, 'Normal')).toBeVisible();
    await expect(cell(page, TO, FROM, 'Normal')).toBeVisible();
    await cell(page, FROM, TO, 'Normal').click();
    await expect(page).toHaveURL(new RegExp(`/links/${FROM}/${TO}`));
    await expect(
      page.getByRole('heading', { name: new RegExp(`${FROM}.*${TO}`) }),
    ).toBeVisible();
  });
}

// The ends of link-lossy and link-slow take too long for a browser: what is lost
// counts for five minutes, and what is slow is so against a day of samples. The
// backend's tests see both come and go, with their own clock (latency).
test('links that refuse or hang are down in their direction alone, and come back', async ({
  page,
}) => {
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/links`);
  await expect(cell(page, FROM, TO, 'Normal')).toBeVisible();
  const brokenAt = Date.now();
  await control('link-down', { from: FROM, to: TO });
  await control('link-hang', HANGING);
  await expect(cell(page, FROM, TO, 'Down')).toBeVisible({ timeout: 30_000 });
  // On a machine that has nothing else to do it is within fifteen seconds.
  expect(Date.now() - brokenAt).toBeLessThan(30_000);
  await expect(cell(page, TO, FROM, 'Normal')).toBeVisible();
  await expect(cell(page, HANGING.from, HANGING.to, 'Down')).toBeVisible({
    timeout: 30_000,
  });
  await control('link-heal', { from: FROM, to: TO });
  await control('link-heal', HANGING);
  await expect(cell(page, FROM, TO, 'Down')).toBeHidden({ timeout: 30_000 });
  await expect(cell(page, HANGING.from, HANGING.to, 'Down')).toBeHidden({
    timeout: 30_000,
  });
});

test('a link says which service it does not mirror, and who shares no trust', async ({
  page,
}) => {
  const ends = { from: 'az-prod-1', to: 'gcp-prod-1' };
  const broken = { ...ends, service: 'payments/pay-api' };
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/links/${ends.from}/${ends.to}`);
  const untrusted = page.getByText('share no trust root');
  const unmirrored = page.getByText('Not mirrored:');
  await expect(page.getByText('share a trust root').first()).toBeVisible();
  await expect(unmirrored).toHaveCount(0);
  await control('mirror-fault', { ...broken, switch: 'on' });
  await expect(unmirrored).toHaveCount(1);
  await control('mirror-fault', { ...broken, switch: 'off' });
  await expect(unmirrored).toHaveCount(0);
  await control('trust-root', { cluster: ends.to, days: '20' });
  await expect(untrusted.first()).toBeVisible();
  await control('trust-root', { cluster: ends.to, shared: 'true' });
  await expect(untrusted).toHaveCount(0);
});

test('a link that is taken away is not linked, and others stay', async ({
  page,
}) => {
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/links`);
  await expect(cell(page, 'aws-prod-2', 'gcp-prod-1', 'Normal')).toBeVisible();
  await control('unlink', { from: 'aws-prod-2', to: 'gcp-prod-1' });
  await expect(
    cell(page, 'aws-prod-2', 'gcp-prod-1', 'Not linked'),
  ).toBeVisible({ timeout: 30_000 });
  await expect(cell(page, 'gcp-prod-1', 'aws-prod-1', 'Normal')).toBeVisible();
  await control('link', { from: 'aws-prod-2', to: 'gcp-prod-1' });
  await expect(cell(page, 'aws-prod-2', 'gcp-prod-1', 'Normal')).toBeVisible({
    timeout: 45_000,
  });
});

for (const theme of ['light', 'dark'] as const) {
  for (const path of ['', '/map', '/calls', '/gateway', `/${FROM}/${TO}`]) {
    test(`/links${path} is accessible and fits, ${theme}`, async ({ page }) => {
      await signInAs(page, 'engineer');
      await useTheme(page, theme);
      await page.goto(`${PORTALS.new}/links${path}`);
      await expect(
        page.getByRole('heading', { level: 2 }).first(),
      ).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await expectAccessible(page);
      for (const width of [1440, 768, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await expectNoOverflow(page);
      }
    });
  }
}

test('calls, entries and links are where people look for them', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/links/calls`);
  await expect(page.getByText(/cross-cluster calls/).first()).toBeVisible();
  await page.goto(`${PORTALS.new}/links/gateway?squad=all`);
  await expect(page.getByText('In order').first()).toBeVisible();
  await page.goto(`${PORTALS.new}/catalog/default/resource/${FROM}`);
  await openEntityTab(page, 'Cluster');
  await expect(page.getByRole('link', { name: TO }).first()).toBeVisible();
});
