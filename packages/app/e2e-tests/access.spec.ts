import { Browser, Page } from '@playwright/test';
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

const PAGE = `${PORTALS.new}/links/gateway`;
/** Probes, mirrors and Flux have each their turn before it answers. */
const TO_ANSWER_MS = 120_000;
const RESOURCE = 'pension-file';

async function withPage(
  browser: Browser,
  person: 'engineer' | 'lead',
  work: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  try {
    const page = await context.newPage();
    await signInAs(page, person);
    await work(page);
  } finally {
    await context.close();
  }
}

async function readService(): Promise<string> {
  const { answer: board } = await api('engineer', '/v1/board?squad=mine');
  const namespace = board.strings[board.rows.namespace[0]] ?? '';
  return namespace ? `${namespace}/${board.rows.name[0]}` : board.rows.name[0];
}

/** Fills in that a service of ours calls a resource outside of the mesh. */
async function fillIn(page: Page) {
  const sheet = page.getByRole('dialog', { name: 'Ask for access' });
  await sheet.getByLabel('My service').fill(await readService());
  await sheet.getByText('A resource outside of the mesh').click();
  await sheet.getByLabel(/^Name of the resource/).fill(RESOURCE);
  await sheet.getByLabel('Its name in DNS').fill(`${RESOURCE}.example.com`);
  await sheet
    .getByLabel('The cluster that it lies at')
    .selectOption({ label: 'az-prod-1' });
  await sheet.getByRole('checkbox', { name: 'aws-prod-1' }).check();
  return sheet;
}

/** Has the lead approve, and waits until both ends say how it ended. */
async function approve(browser: Browser, id: string, end: string) {
  await withPage(browser, 'lead', async page => {
    await page.goto(`${PORTALS.new}/releases/requests/${id}`);
    const accept = page.getByRole('checkbox');
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeVisible();
    for (const box of await accept.all()) await box.check();
    await page.getByRole('button', { name: /^Approve/ }).click();
    await expect(page.getByText(end).first()).toBeVisible({
      timeout: TO_ANSWER_MS,
    });
  });
}

async function send(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: 'Ask for approval' });
  await expect(button).toHaveAttribute('aria-disabled', 'false');
  await button.click();
  await page.waitForURL(/\/releases\/requests\/REQ-\d+/);
  return /REQ-\d+/.exec(page.url())![0];
}

test.describe.configure({ mode: 'serial', timeout: 240_000 });

test('access goes from a form to an address that answers', async ({
  browser,
}) => {
  await withPage(browser, 'engineer', async page => {
    await page.goto(PAGE);
    await page.getByRole('button', { name: 'Ask for access' }).click();
    const sheet = await fillIn(page);
    const address = `http://${RESOURCE}-az-prod-1.backbone-gateway.svc.cluster.local`;
    await expect(sheet.getByText(address).first()).toBeVisible();
    await expect(sheet.getByText('Dee Park can.')).toBeVisible();
    await expectAccessible(page);
    await sheet.getByLabel(/Why/).fill('Pensions are looked up there.');
    const id = await send(page);
    await expect(page.getByText(address).first()).toBeVisible();
    await expect(
      page.getByRole('button', { name: /^Approve/ }),
    ).toHaveAttribute('aria-disabled', 'true');

    await approve(browser, id, 'Mirrored, and the link answers');
    await expect(
      page.getByText('Mirrored, and the link answers').first(),
    ).toBeVisible();
    await page.goto(`${PAGE}?squad=all`);
    await expect(
      page.getByRole('row').filter({ hasText: RESOURCE }),
    ).toContainText(/mirrored in aws-prod-1|in order/i);
  });
});

test('access that nobody needs is taken away', async ({ browser }) => {
  await withPage(browser, 'engineer', async page => {
    await page.goto(`${PAGE}?squad=all`);
    const row = page.getByRole('row').filter({ hasText: RESOURCE });
    await row.getByRole('button', { name: /Remove access/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Asked by my service').fill(await readService());
    await expect(sheet.getByText('Who still uses it')).toBeVisible();
    const id = await send(page);
    await approve(browser, id, 'Gone everywhere');
    await page.goto(`${PAGE}?squad=all`);
    await expect(page.getByRole('rowheader').first()).toBeVisible();
    await expect(row).toHaveCount(0);
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the form and a request for access fit every width (${theme})`, async ({
    page,
  }) => {
    await chooseTheme(page, theme);
    await signInAs(page, 'engineer');
    await page.goto(`${PAGE}?ask=1`);
    await fillIn(page);
    await expect(page.getByText('What changes in the file')).toBeVisible();
    await expectAccessible(page);
    await expectNoOverflow(page);
    const { answer } = await api('engineer', '/v1/requests?status=decided');
    const { id } = answer.items.find((one: any) => one.access);
    await page.goto(`${PORTALS.new}/releases/requests/${id}`);
    await expect(page.getByText('What changes in the file')).toBeVisible();
    await expectAccessible(page);
    await expectNoOverflow(page);
  });
}
