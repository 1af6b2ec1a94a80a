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
  page.getByRole('gridcell').filter({ hasText: `${from} to ${to}: ${state}.` });

test.afterEach(async () => {
  await control('link-heal', { from: FROM, to: TO });
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

test('a link that refuses is down in its direction alone, and comes back', async ({
  page,
}) => {
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/links`);
  await expect(cell(page, FROM, TO, 'Normal')).toBeVisible();
  const brokenAt = Date.now();
  await control('link-down', { from: FROM, to: TO });
  await expect(cell(page, FROM, TO, 'Down')).toBeVisible({ timeout: 30_000 });
  // On a machine that has nothing else to do it is within fifteen seconds.
  expect(Date.now() - brokenAt).toBeLessThan(30_000);
  await expect(cell(page, TO, FROM, 'Normal')).toBeVisible();
  await control('link-heal', { from: FROM, to: TO });
  await expect(cell(page, FROM, TO, 'Down')).toBeHidden({ timeout: 30_000 });
});

test('a link that is taken away is not linked, and others stay', async ({
  page,
}) => {
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/links`);
  await expect(cell(page, 'aws-prod-2', 'gcp-prod-1', 'Normal')).toBeVisible();
  await control('unlink', { from: 'aws-prod-2', to: 'gcp-prod-1' });
  await expect(
    page
      .getByRole('gridcell')
      .filter({ hasText: 'aws-prod-2 to gcp-prod-1: Not linked.' }),
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
