import { Page } from '@playwright/test';
import {
  control,
  expect,
  expectAccessible,
  expectNoOverflow,
  PORTALS,
  signInAs,
  test,
  useTheme,
} from './lib/portal';

const grid = (page: Page) =>
  page.getByRole('grid', { name: 'Releases by service and environment' });
const row = (page: Page, service: string) =>
  grid(page).getByRole('row').filter({ hasText: service });

test('a newcomer chooses a person and sees what their squad runs', async ({
  page,
}) => {
  await page.goto(PORTALS.new);
  await page.getByRole('button', { name: /Ana Ruiz/ }).click();
  await expect(page).toHaveURL(/\/releases\/board/);
  await expect(row(page, 'ledger-api').first()).toBeVisible();
  await expect(page).toHaveTitle(/Releases/);
  await expect(page.locator('main')).toHaveCount(1);
});

for (const [system, url] of Object.entries(PORTALS)) {
  test(`the board shows my squad, and all on request (${system})`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}/releases/board`);
    await expect(row(page, 'ledger-api').first()).toBeVisible();
    const mine = Number(await grid(page).getAttribute('aria-rowcount'));

    await page.getByLabel('Squad', { exact: true }).selectOption('all');
    await expect(page).toHaveURL(/squad=all/);
    await expect
      .poll(async () => Number(await grid(page).getAttribute('aria-rowcount')))
      .toBeGreaterThan(mine * 2);
  });
}

test('typing filters, the address keeps it, and Show all undoes it', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?squad=all`);
  await expect(grid(page).getByRole('row').nth(3)).toBeVisible();
  const filter = page.getByRole('searchbox', { name: 'Filter' });
  await filter.fill('ledger-api');
  await expect(page).toHaveURL(/q=ledger-api/);
  await page.reload();
  await expect(filter).toHaveValue('ledger-api');
  await expect(row(page, 'ledger-api').first()).toBeVisible();

  await filter.fill('no-such-service');
  await expect(page.getByText('No services match.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(grid(page).getByRole('row').nth(3)).toBeVisible();
  await expect(filter).toHaveValue('');
});

test('a cell opens by keyboard, Escape closes it and gives the focus back', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?q=ledger-api`);
  const service = row(page, 'ledger-api').first();
  await service.getByRole('gridcell').first().click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('ledger-api in ');
  await expect(sheet.getByText('Last releases')).toBeVisible();
  await expect(page).toHaveURL(/open=/);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(grid(page).locator(':focus')).toHaveCount(1);
});

test('a new release appears by itself', async ({ page }) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?q=ledger-api`);
  const service = row(page, 'ledger-api').first();
  await expect(service).toBeVisible();
  const before = await service.innerText();
  await control('build', { service: 'ledger-api' });
  const { artifactId } = await control('release', {
    service: 'ledger-api',
    environment: 'staging',
  });
  const commit = /-([0-9a-f]{7})/.exec(artifactId)![1];
  expect(before).not.toContain(commit);
  await expect(service).toContainText(commit);
});

test('a visitor is told that they have no access, and by which right', async ({
  page,
}) => {
  await signInAs(page, 'visitor');
  await page.goto(`${PORTALS.new}/releases/board`);
  await expect(page.getByText('You have no access to this.')).toBeVisible();
  await expect(
    page.getByText('ground-control.service.read', { exact: false }).first(),
  ).toBeVisible();
  await expect(page.getByText('ledger-api')).toHaveCount(0);
});

test('a broken artifact is a problem of its service alone', async ({
  page,
}) => {
  await control('break-artifact', {
    service: 'fx-api',
    environment: 'dev',
  });
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board`);
  await expect(row(page, 'fx-api').first()).toContainText('problem');
  await expect(row(page, 'ledger-api').first()).not.toContainText('problem');
  await page.goto(`${PORTALS.new}/releases/services/banking/fx-api`);
  await expect(
    page.getByText('artifact.json', { exact: false }).first(),
  ).toBeVisible();
});

// An expired token (403) reads the same, and a repository that hangs is noticed
// at git’s time limit, two minutes: both are the mirror’s to test (Mirror.test.ts).
test('a repository that refuses keeps what is known and says so', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board`);
  await expect(row(page, 'ledger-api').first()).toBeVisible();
  await control('deny');
  try {
    await expect(page.getByText('access refused').first()).toBeVisible({
      timeout: 45_000,
    });
    await expect(row(page, 'ledger-api').first()).toBeVisible();
    await expect(page.locator('body')).not.toContainText('sandbox-token');
  } finally {
    await control('allow');
  }
  await expect(page.getByText('up to date').first()).toBeVisible({
    timeout: 45_000,
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the board has no accessibility fault and no sideways scroll (${theme})`, async ({
    page,
  }) => {
    await useTheme(page, theme);
    await signInAs(page, 'engineer');
    await page.goto(`${PORTALS.new}/releases/board?squad=all&group=squad`);
    await expect(grid(page).getByRole('row').nth(3)).toBeVisible();
    await expectAccessible(page);
    for (const width of [320, 390, 768, 1024, 1280, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await expectNoOverflow(page);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
  });
}
