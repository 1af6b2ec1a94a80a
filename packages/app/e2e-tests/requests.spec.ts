import { Browser, BrowserContext, Page } from '@playwright/test';
import { api } from './lib/api';
import {
  control,
  expect,
  expectAccessible,
  expectNoOverflow,
  PORTALS,
  signInAs,
  test,
  useTheme as chooseTheme,
} from './lib/portal';

const TO_RUN_MS = 90_000;

interface Service {
  namespace: string;
  name: string;
}

const path = ({ namespace, name }: Service) => `${namespace || '-'}/${name}`;

/** Services of the squad; each test takes another. */
const taken = new Set<string>();

async function readServices(): Promise<Service[]> {
  const { answer: board } = await api('engineer', '/v1/board?squad=mine');
  return board.rows.name.map((name: string, row: number) => ({
    name,
    namespace: board.strings[board.rows.namespace[row]] ?? '',
  }));
}

async function mayPromote(service: Service): Promise<boolean> {
  const { answer } = await api('engineer', '/v1/requests/preview', {
    wishes: [{ service, environment: 'prod', intent: 'promote' }],
  });
  return answer[0]?.ask.allowed === true;
}

/** A service with a build in staging that production lacks. */
async function takeService(): Promise<Service> {
  for (const service of await readServices()) {
    if (taken.has(service.name)) continue;
    taken.add(service.name);
    const isThere = await control('build', { service: service.name })
      .then(() =>
        control('release', { service: service.name, environment: 'staging' }),
      )
      .then(
        () => true,
        // It has no such environment.
        () => false,
      );
    if (!isThere) continue;
    for (let tries = 0; tries < 30; tries++) {
      if (await mayPromote(service)) return service;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
  throw new Error('No service is left that can be promoted');
}

/** Asks for the promotion of a service over the API; resolves to its id. */
async function ask(service: Service): Promise<string> {
  const { status, answer } = await api('engineer', '/v1/requests', {
    wishes: [{ service, environment: 'prod', intent: 'promote' }],
    idempotencyKey: `e2e-${service.name}-${Date.now()}`,
  });
  expect(status, JSON.stringify(answer)).toBe(201);
  return answer[0].id;
}

/** A browser of somebody's own. */
async function openBrowser(
  browser: Browser,
  person: 'engineer' | 'lead',
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await signInAs(page, person);
  return { context, page };
}

/** Two people, each in a browser of their own. */
async function withPeople(
  browser: Browser,
  work: (people: { engineer: Page; lead: Page }) => Promise<void>,
) {
  const engineer = await openBrowser(browser, 'engineer');
  const lead = await openBrowser(browser, 'lead');
  try {
    await work({ engineer: engineer.page, lead: lead.page });
  } finally {
    await engineer.context.close();
    await lead.context.close();
  }
}

const request = (page: Page, id: string) =>
  page.goto(`${PORTALS.new}/releases/requests/${id}`);

// What both people see and do is recorded.
test.use({ trace: 'on' });
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let released: Service;
let firstId: string;

test('an engineer asks, a lead approves, and both see it arrive', async ({
  browser,
}) => {
  released = await takeService();
  const { name } = released;
  await withPeople(browser, async ({ engineer, lead }) => {
    await lead.goto(`${PORTALS.new}/releases/requests`);
    await expect(
      lead.getByRole('heading', { name: 'Release requests' }),
    ).toBeVisible();

    await engineer.goto(
      `${PORTALS.new}/releases/services/${path(released)}?ask=prod`,
    );
    const sheet = engineer.getByRole('dialog');
    await expect(sheet.getByText('Dee Park can.')).toBeVisible();
    await sheet.getByLabel(/Why/).fill('Customers wait for it.');
    await sheet.getByRole('button', { name: 'Ask for approval' }).click();
    await expect(sheet.getByText(/Waits for a decision/)).toBeVisible();
    firstId = await sheet.getByRole('link', { name: /^REQ-/ }).innerText();

    // The inbox was open before, and isn't loaded again.
    const line = lead
      .getByRole('listitem')
      .filter({ hasText: `${name} → prod` });
    await expect(line).toBeVisible();
    await line.getByRole('link', { name: /Review/ }).click();
    await expect(
      lead.getByRole('heading', { name: `Release ${name} to prod?` }),
    ).toBeVisible();
    await expect(
      lead.getByText('Customers wait for it.').first(),
    ).toBeVisible();
    await lead.getByRole('button', { name: /Approve release/ }).click();
    await expect(lead.getByText('Dee Park approved')).toBeVisible();

    await expect(lead.getByText(/Runs in (\d) of \1 clusters/)).toBeVisible({
      timeout: TO_RUN_MS,
    });
    await expect(sheet.getByText(/Runs in all \d clusters/)).toBeVisible();
  });
});

test('a lead rejects with a reason, which the requester reads', async ({
  browser,
}) => {
  const id = await ask(await takeService());
  await withPeople(browser, async ({ engineer, lead }) => {
    await request(engineer, id);
    await expect(
      engineer.getByText(/You asked for this release/).first(),
    ).toBeVisible();
    await request(lead, id);
    const reject = lead.getByRole('button', { name: /^Reject/ });
    await expect(reject).toHaveAttribute('aria-disabled', 'true');
    await lead.getByLabel(/Comment/).fill('The migration has to go first.');
    await reject.click();
    await expect(lead.getByText('Dee Park rejected')).toBeVisible();
    await expect(
      engineer.getByText('The migration has to go first.').first(),
    ).toBeVisible();
  });
});

test('an engineer rolls back in three clicks and without a second person', async ({
  browser,
}) => {
  await withPeople(browser, async ({ engineer }) => {
    await engineer.goto(
      `${PORTALS.new}/releases/board?q=${released.name}&group=none`,
    );
    const row = engineer
      .getByRole('row')
      .filter({ has: engineer.getByText(released.name, { exact: true }) });
    await row.getByRole('gridcell').last().click();
    await engineer.getByRole('button', { name: 'Roll back…' }).click();
    const form = engineer.getByRole('dialog').last();
    await expect(form.getByText('last that stayed healthy')).toBeVisible();
    await form.getByRole('button', { name: 'Roll back', exact: true }).click();
    await expect(form.getByText(/Runs in all \d clusters/)).toBeVisible({
      timeout: TO_RUN_MS,
    });
  });
});

test('what somebody else released meanwhile makes a request outdated', async ({
  browser,
}) => {
  const service = await takeService();
  const id = await ask(service);
  await withPeople(browser, async ({ lead }) => {
    await request(lead, id);
    await expect(
      lead.getByRole('button', { name: /Approve release/ }),
    ).toBeVisible();
    await control('build', { service: service.name });
    await control('release', { service: service.name, environment: 'prod' });
    await expect(lead.getByText('Outdated').first()).toBeVisible({
      timeout: 30_000,
    });
    await expect(
      lead.getByRole('button', { name: /Approve release/ }),
    ).toHaveCount(0);

    // It came by the back door, and says so.
    await lead.goto(`${PORTALS.new}/releases/services/${path(service)}`);
    await expect(lead.getByText(/not approved here/i).first()).toBeVisible({
      timeout: 30_000,
    });
  });
});

test('a release whose pods crash fails and says in which cluster and why', async ({
  browser,
}) => {
  const service = await takeService();
  const id = await ask(service);
  await control('crash-pods', { service: service.name, where: 'aws-prod-1' });
  await withPeople(browser, async ({ lead }) => {
    await request(lead, id);
    await lead.getByRole('button', { name: /Approve release/ }).click();
    await expect(lead.getByText('Failed', { exact: true }).first()).toBeVisible(
      { timeout: TO_RUN_MS },
    );
    await expect(lead.getByText(/aws-prod-1/).first()).toBeVisible();
  });
  await control('heal', { service: service.name, where: 'aws-prod-1' });
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

test('requests and the audit trail are accessible in light', ({ page }) =>
  expectWellMade(page, 'light'));

test('requests and the audit trail are accessible in dark', ({ page }) =>
  expectWellMade(page, 'dark'));
