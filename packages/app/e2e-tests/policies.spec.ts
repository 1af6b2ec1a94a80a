import { Page } from '@playwright/test';
import { api } from './lib/api';
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  PORTALS,
  signInAs,
  test,
  useTheme as chooseTheme,
} from './lib/portal';

const PAGE = '/releases/policies?squad=group:default/squad-ledger';

// A rule of an environment that no other test asks a release for.
async function openForm(page: Page) {
  await page.getByRole('button', { name: 'Change rules', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: /^Change rules of / });
  await sheet
    .getByLabel('Environment', { exact: true })
    .selectOption({ label: 'dev' });
  return sheet;
}

for (const [system, url] of Object.entries(PORTALS)) {
  test(`an engineer reads policies and is told who may change them, ${system}`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}${PAGE}`);
    await expect(
      page.getByRole('rowheader', { name: 'Approvals' }),
    ).toBeVisible();
    const button = page.getByRole('button', {
      name: 'Change rules',
      exact: true,
    });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/lead/i);
  });
}

test('a lead changes a rule, and sees the line that says it', async ({
  page,
}) => {
  await signInAs(page, 'lead');
  await page.goto(`${PORTALS.new}${PAGE}`);
  const sheet = await openForm(page);

  const soak = sheet.getByLabel('Soak time before');
  await soak.fill('a while');
  await expect(soak).toHaveAttribute('aria-invalid', 'true');
  await soak.fill('');
  await sheet
    .getByLabel('New medium vulnerabilities')
    .selectOption({ label: 'warn' });
  await expect(sheet.getByText('stricter')).toBeVisible();
  await expect(sheet.getByText(/^\s*medium: warn/)).toBeVisible();
  await expectAccessible(page);
  await sheet.getByLabel(/^Why/).fill('New builds bring too many of them');
  await sheet.getByRole('button', { name: 'Commit the change' }).click();
  await expect(page.getByText(/^Changed by commit [0-9a-f]{7}/)).toBeVisible({
    timeout: 30_000,
  });

  const row = page
    .getByRole('row', { name: /New medium vulnerabilities/ })
    .filter({ hasText: 'ground-control.yaml, line' });
  await expect(row.first()).toBeVisible({ timeout: 30_000 });

  const { answer } = await api('platform', '/v1/audit?limit=20');
  const entry = answer.items.find(
    (item: { action: string }) => item.action === 'policy.changed',
  );
  expect(entry).toMatchObject({ actor: 'user:default/dee.park' });
});

test('the page of policies is accessible and fits, light and dark', async ({
  page,
}) => {
  await signInAs(page, 'lead');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme);
    await page.goto(`${PORTALS.new}${PAGE}`);
    await expect(
      page.getByRole('button', { name: 'Change rules', exact: true }),
    ).toBeVisible();
    await expectAccessible(page);
    for (const width of [320, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoOverflow(page);
    }
  }
});
