import { Page } from '@playwright/test';
import {
  control,
  expect,
  expectAccessible,
  expectNoOverflow,
  PORTALS,
  signInAs,
  useTheme as chooseTheme,
} from './lib/portal';
import { formatPath, Service, takeService } from './lib/services';
import { test } from './lib/twoBrowsers';

const TO_RUN_MS = 90_000;

/** Asks for the promotion of a service on its page; resolves to the sheet and the request's id. */
async function ask(engineer: Page, service: Service, why: string) {
  await engineer.goto(
    `${PORTALS.new}/releases/services/${formatPath(service)}?ask=prod`,
  );
  const sheet = engineer.getByRole('dialog');
  await expect(sheet.getByText('Dee Park can.')).toBeVisible();
  await sheet.getByLabel(/Why/).fill(why);
  await sheet.getByRole('button', { name: 'Ask for approval' }).click();
  await expect(sheet.getByText(/Waits for a decision/)).toBeVisible();
  const id = await sheet.getByRole('link', { name: /^REQ-/ }).innerText();
  return { sheet, id };
}

const openRequest = (page: Page, id: string) =>
  page.goto(`${PORTALS.new}/releases/requests/${id}`);

/** Approves what is open, with whatever is warned of. */
async function approve(lead: Page) {
  const button = lead.getByRole('button', { name: /Approve release/ });
  await expect(button).toBeVisible();
  await expect(button).not.toHaveAccessibleDescription(/still loading/);
  for (const box of await lead.getByRole('checkbox').all()) await box.check();
  await button.click();
}

// What both people see and do is recorded.
test.use({ trace: 'on' });
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let released: Service;
let firstId: string;
let failing: Service;

test('an engineer asks, a lead approves, and both see it arrive', async ({
  engineer,
  lead,
}) => {
  released = await takeService();
  const { name } = released;
  await lead.goto(`${PORTALS.new}/releases/requests`);
  await expect(
    lead.getByRole('heading', { name: 'Release requests' }),
  ).toBeVisible();

  const { sheet, id } = await ask(engineer, released, 'Customers wait for it.');
  firstId = id;

  // The inbox was open before, and isn't loaded again.
  const line = lead.getByRole('listitem').filter({ hasText: `${name} → prod` });
  await expect(line).toBeVisible();
  await line.getByRole('link', { name: /Review/ }).click();
  await expect(
    lead.getByRole('heading', { name: `Release ${name} to prod?` }),
  ).toBeVisible();
  await expect(lead.getByText('Customers wait for it.').first()).toBeVisible();
  await approve(lead);
  await expect(lead.getByText('Dee Park approved')).toBeVisible();

  await expect(lead.getByText(/Runs in (\d) of \1 clusters/)).toBeVisible({
    timeout: TO_RUN_MS,
  });
  await expect(sheet.getByText(/Runs in all \d clusters/)).toBeVisible();
});

test('a lead rejects with a reason, which the requester reads', async ({
  engineer,
  lead,
}) => {
  const { id } = await ask(engineer, await takeService(), 'It is done.');
  await openRequest(engineer, id);
  await expect(
    engineer.getByText(/You asked for this release/).first(),
  ).toBeVisible();
  await openRequest(lead, id);
  const reject = lead.getByRole('button', { name: /^Reject/ });
  await expect(reject).toHaveAttribute('aria-disabled', 'true');
  await lead.getByLabel(/Comment/).fill('The migration has to go first.');
  await reject.click();
  await expect(lead.getByText('Dee Park rejected')).toBeVisible();
  await expect(
    engineer.getByText('The migration has to go first.').first(),
  ).toBeVisible();
});

test('a release whose pods crash fails and says in which cluster and why', async ({
  engineer,
  lead,
}) => {
  failing = await takeService();
  const { id } = await ask(engineer, failing, 'It passed all tests.');
  await control('crash-pods', { service: failing.name, where: 'aws-prod-1' });
  await openRequest(lead, id);
  await approve(lead);
  await expect(lead.getByText('Failed', { exact: true }).first()).toBeVisible({
    timeout: TO_RUN_MS,
  });
  const clusters = lead.getByRole('list', { name: 'Clusters' });
  const cluster = clusters.getByRole('listitem').filter({
    hasText: 'aws-prod-1',
  });
  await expect(cluster).toContainText('aws-prod-1 failed');
  await expect(cluster).toContainText(
    /restarted \d+ times; Error, exit code 1/,
  );
});

test('an engineer rolls back what fails in three clicks and without a second person', async ({
  engineer,
}) => {
  await engineer.goto(
    `${PORTALS.new}/releases/board?q=${failing.name}&group=none`,
  );
  const row = engineer
    .getByRole('row')
    .filter({ has: engineer.getByText(failing.name, { exact: true }) });
  const prod = row.getByRole('gridcell').last();
  await expect(prod).toContainText(/Failed: aws-prod-1/);
  await prod.click();
  await engineer.getByRole('button', { name: 'Roll back…' }).click();
  const form = engineer.getByRole('dialog').last();
  // The release before is older than anybody's watching.
  await expect(form.getByText(/stood for/).first()).toBeVisible();
  await form.getByRole('button', { name: 'Roll back', exact: true }).click();
  // What crashed was the build that goes.
  await control('heal', { service: failing.name, where: 'aws-prod-1' });
  await expect(form.getByText(/Runs in all \d clusters/)).toBeVisible({
    timeout: TO_RUN_MS,
  });
  await expect(prod).not.toContainText('Failed');
});

test('what somebody else releases after an approval makes it outdated', async ({
  engineer,
  lead,
}) => {
  const service = await takeService();
  const { sheet, id } = await ask(engineer, service, 'It is next.');
  await openRequest(lead, id);
  // Nothing is written meanwhile, so that the other release comes first.
  await control('refuse-pushes', { switch: 'on' });
  await approve(lead);
  await expect(lead.getByText('Dee Park approved')).toBeVisible();
  await expect(
    lead.getByText(/This branch is protected/).first(),
  ).toBeVisible();
  await control('build', { service: service.name });
  await control('release', { service: service.name, environment: 'prod' });
  await control('refuse-pushes', { switch: 'off' });
  await expect(lead.getByText('Outdated').first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(sheet.getByText('Outdated').first()).toBeVisible();

  // It came by the back door, and says so.
  await lead.goto(`${PORTALS.new}/releases/services/${formatPath(service)}`);
  await expect(lead.getByText(/not approved here/i).first()).toBeVisible({
    timeout: 30_000,
  });
});

test.afterAll(async () => {
  await control('refuse-pushes', { switch: 'off' });
});

/** What axe and narrow widths are tried on. */
async function expectWellMade(page: Page, theme: 'light' | 'dark') {
  await chooseTheme(page, theme);
  await signInAs(page, 'platform');
  for (const [at, ready] of [
    ['requests?status=decided', 'Release requests'],
    [`requests/${firstId}`, `Release of ${released.name} to prod`],
    ['audit', 'Audit trail'],
  ]) {
    await page.goto(`${PORTALS.new}/releases/${at}`);
    await expect(
      page.getByRole('heading', { name: ready }).first(),
    ).toBeVisible();
    await expectAccessible(page);
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoOverflow(page);
    }
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`requests and the audit trail are accessible in ${theme}`, ({ page }) =>
    expectWellMade(page, theme));
}
