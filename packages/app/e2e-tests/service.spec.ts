import {
  expect,
  expectAccessible,
  expectNoOverflow,
  openEntityTab,
  PORTALS,
  signInAs,
  test,
  useTheme,
} from './lib/portal';

const SERVICE = '/releases/services/banking/ledger-api';

for (const [system, url] of Object.entries(PORTALS)) {
  test(`two releases are compared, and secrets stay hidden (${system})`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(url + SERVICE);
    const boxes = page.getByRole('checkbox', { name: /^Compare / });
    await boxes.nth(0).check();
    await boxes.nth(3).check();
    await expect(
      page.getByRole('heading', { name: 'Manifest difference' }),
    ).toBeVisible();
    await expect(page.getByText('40-deployment.yaml').first()).toBeVisible();
    await expect(page).toHaveURL(/from=.*to=/);
    await page.reload();
    await expect(page.getByText('40-deployment.yaml').first()).toBeVisible();
  });

  test(`the entity page tells where a service runs (${system})`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}/catalog/default/component/ledger-api`);
    const card = page.locator('.gc-root').first();
    await expect(card).toContainText('prod');
    await expect(page.getByText('Where it runs').first()).toBeVisible();
    await openEntityTab(page, 'Releases');
    await expect(
      page.getByRole('checkbox', { name: /^Compare / }).first(),
    ).toBeVisible();
  });

  test(`a commit is found where it is (${system})`, async ({ page }) => {
    await signInAs(page, 'engineer');
    await page.goto(url + SERVICE);
    const artifact = page.getByText(/^master-[0-9a-f]{10}-/).first();
    const commit = /[0-9a-f]{10}/.exec(await artifact.innerText())![0];
    await page.goto(`${url}/releases/find`);
    await page.getByRole('searchbox').fill(commit);
    await page.keyboard.press('Enter');
    await expect(page.getByText('ledger-api').first()).toBeVisible();
    await expect(
      page.getByText(/there now, since|was there from/).first(),
    ).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`q=${commit}`));
  });
}

test('a squad’s page has its board', async ({ page }) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/catalog/default/group/squad-ledger`);
  await openEntityTab(page, 'Releases');
  await expect(page.getByText('ledger-api').first()).toBeVisible();
});

test('activity tells releases, policies and the rest apart', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/activity`);
  await expect(
    page.getByText('Release', { exact: true }).first(),
  ).toBeVisible();
  await page.getByRole('checkbox', { name: 'Policy' }).check();
  await expect(page).toHaveURL(/kind/);
  await expect(page.getByText(/policy update/).first()).toBeVisible();
});

test('a service that nobody knows is said to be unknown', async ({ page }) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/services/-/..%2f..%2fetc`);
  await expect(
    page.getByText(/There is no such|not known/).first(),
  ).toBeVisible();
});

const PAGES = {
  service: SERVICE,
  activity: '/releases/activity',
  find: '/releases/find?q=master',
};
for (const theme of ['light', 'dark'] as const) {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`${name} has no accessibility fault and no sideways scroll (${theme})`, async ({
      page,
    }) => {
      await useTheme(page, theme);
      await signInAs(page, 'engineer');
      await page.goto(PORTALS.new + path);
      await expect(page.locator('.gc-root h2').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      for (const width of [320, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await expectNoOverflow(page);
      }
    });
  }
}
