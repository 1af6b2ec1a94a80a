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

const PROD = ['aws-prod-1', 'az-prod-1', 'gcp-prod-1', 'aws-prod-2'];
const CLUSTERS = [...PROD, 'az-stg-1', 'gcp-dev-1', 'platform'];

/** The row of a cluster in the table of clusters. */
const cluster = (page: Page, name: string) =>
  page
    .getByRole('table', { name: 'Clusters' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });

/** A service of the squad in the row of the board. */
const row = (page: Page, service: string) =>
  page
    .getByRole('grid', { name: 'Releases by service and environment' })
    .getByRole('row')
    .filter({ has: page.getByText(service, { exact: true }) });

/** Has the API of clusters fail, or tell the truth again, at once. */
async function setFaults(faults: Record<string, string>) {
  for (const [name, fault] of Object.entries(faults)) {
    await control('cluster-fault', { cluster: name, fault });
  }
}

const ALL_WELL = Object.fromEntries(CLUSTERS.map(name => [name, 'none']));

test.afterEach(() => setFaults(ALL_WELL));

for (const [system, url] of Object.entries(PORTALS)) {
  test(`every cluster says what it is and how far it follows (${system})`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}/releases/clusters`);
    await expect(page).toHaveTitle(/Clusters/);
    for (const name of CLUSTERS) {
      await expect(cluster(page, name)).toContainText('Live');
    }
    await expect(cluster(page, 'aws-prod-1')).toContainText(/AWS.*eu-west-1/);
    await expect(cluster(page, 'aws-prod-1')).toContainText('Up to date');
    await expect(cluster(page, 'aws-prod-1')).toContainText(/\d+ reconciled/);
    await expect(page.getByText('7 of 7 live')).toBeVisible();
  });

  test(`a cluster's entity has its own tab (${system})`, async ({ page }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${url}/catalog/default/resource/aws-prod-1`);
    await openEntityTab(page, 'Cluster');
    await expect(page.getByText('Names itself aws-prod-1')).toBeVisible();
    await expectAccessible(page);
  });
}

for (const [fault, state, words] of [
  ['refuse', 'Unreachable', /refuses connections/],
  ['hang', 'Unreachable', /did not answer in time/],
  ['unauthorized', 'Credentials rejected', /does not accept our credentials/],
  ['forbid', 'Access refused', /We may not read/],
  ['impostor', 'Another cluster', /az-prod-1|aws-prod-1|names itself/i],
] as const) {
  test(`a cluster with the fault ${fault} is told, and the others stay live`, async ({
    page,
  }) => {
    await signInAs(page, 'engineer');
    await page.goto(`${PORTALS.new}/releases/clusters`);
    await expect(cluster(page, 'aws-prod-2')).toContainText('Live', {
      timeout: 45_000,
    });
    await control('cluster-fault', { cluster: 'aws-prod-2', fault });
    await expect(cluster(page, 'aws-prod-2')).toContainText(state, {
      timeout: 30_000,
    });
    await expect(cluster(page, 'aws-prod-2')).toContainText(words);
    await expect(cluster(page, 'aws-prod-2')).not.toContainText('reconciled');
    for (const name of CLUSTERS.filter(one => one !== 'aws-prod-2')) {
      await expect(cluster(page, name)).toContainText('Live');
    }
    await control('cluster-fault', { cluster: 'aws-prod-2', fault: 'none' });
    await expect(cluster(page, 'aws-prod-2')).toContainText('Live', {
      timeout: 45_000,
    });
    await expect(cluster(page, 'aws-prod-2')).toContainText(/\d+ reconciled/);
  });
}

test('seven clusters with a fault each are told each in its own words', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const told = {
    platform: /Failing.*It ends every watch as too old/,
    'gcp-prod-1': /Failing.*It asks us to wait \(429\)/,
    'aws-prod-2': /Failing.*It failed to ask whether it is there \(500\)/,
    'gcp-dev-1': /Unreachable.*It stopped in the middle of an answer/,
  };
  // These cost calls and nothing else: they stay live and exact.
  const untold = ['aws-prod-1', 'az-prod-1', 'az-stg-1'];
  const expectUntold = async (words: RegExp) => {
    for (const name of untold) {
      await expect(cluster(page, name)).toContainText(words);
    }
  };
  const inThose = async (command: 'suspend' | 'resume') => {
    for (const name of [...untold, 'gcp-dev-1']) {
      await control(command, { cluster: name, kustomization: 'ledger-api' });
    }
  };
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/clusters`);
  await expect(page.getByText('7 of 7 live')).toBeVisible({ timeout: 45_000 });

  // Open streams go on where whatever is asked is answered with 429, and end
  // with this.
  await setFaults({ 'gcp-prod-1': 'hang-streams' });
  await setFaults({
    platform: 'gone',
    'gcp-prod-1': 'throttle',
    'aws-prod-2': 'error',
    'gcp-dev-1': 'hang-streams',
    'aws-prod-1': 'close-watches',
    'az-prod-1': 'half-events',
    'az-stg-1': 'clock-skew',
  });
  // A stream that hangs shows it when there is something to say.
  await inThose('suspend');
  await Promise.all(
    Object.entries(told).map(([name, words]) =>
      expect(cluster(page, name)).toContainText(words, { timeout: 30_000 }),
    ),
  );
  await expectUntold(/Live.*1 suspended/);

  await setFaults(ALL_WELL);
  // The one that was read with until now is refused.
  await control('renew-token', { cluster: 'az-stg-1' });
  await inThose('resume');
  await expectUntold(/Live(?!.*suspended).*reconciled/);
  // A watch has to hold for half a minute before it is believed again.
  await expect(page.getByText('7 of 7 live')).toBeVisible({ timeout: 60_000 });
  await expect(cluster(page, 'gcp-dev-1')).not.toContainText('suspended');
});

test('a cluster that may not read the repository says so, and how far it is behind', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/clusters`);
  const failing = cluster(page, 'az-stg-1');
  await expect(failing).toContainText('Up to date');
  await control('source-fault', { cluster: 'az-stg-1', switch: 'on' });
  await expect(failing).toContainText(/Source: .*authentication required/);
  await control('build', { service: 'ledger-worker' });
  await control('release', { service: 'ledger-worker', environment: 'prod' });
  await expect(failing).toContainText('1 commit behind');
  await expect(cluster(page, 'aws-prod-1')).toContainText('Up to date');
  await control('source-fault', { cluster: 'az-stg-1', switch: 'off' });
  await expect(failing).not.toContainText('Source:');
  await expect(failing).toContainText('Up to date');
});

test('the board says which cluster is silent, and shows what it last said', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?squad=all&q=ledger-api`);
  await expect(row(page, 'ledger-api').first()).toBeVisible();
  await control('cluster-fault', { cluster: 'az-prod-1', fault: 'refuse' });
  await expect(
    page.getByText(/az-prod-1: Unreachable. What is shown of it is from/),
  ).toBeVisible({ timeout: 30_000 });
  await expect(row(page, 'ledger-api').first()).toContainText(
    /Stale: az-prod-1/,
  );
  await expect(row(page, 'ledger-api').first()).toContainText(
    /Reconciled: aws-prod-1/,
  );
  await expectAccessible(page);
});

test('what goes wrong with a service shows on the open board, and its end', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?squad=all&q=ledger-api`);
  const ledger = row(page, 'ledger-api').first();
  await expect(ledger).toBeVisible();

  await control('suspend', {
    cluster: 'aws-prod-1',
    kustomization: 'ledger-api',
  });
  await expect(ledger).toContainText(/Suspended: aws-prod-1/);
  await control('resume', {
    cluster: 'aws-prod-1',
    kustomization: 'ledger-api',
  });
  await expect(ledger).not.toContainText('Suspended');

  await control('crash-pods', {
    service: 'ledger-api',
    where: 'gcp-prod-1',
    now: 'true',
  });
  await expect(ledger).toContainText(/Failed: gcp-prod-1/, { timeout: 30_000 });
  await ledger.getByRole('button').last().click();
  await expect(
    page.getByText('Its container ends again and again. Look at its log.'),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await control('heal', { service: 'ledger-api', where: 'gcp-prod-1' });
  await expect(ledger).not.toContainText('Failed', { timeout: 30_000 });

  await control('drift', { cluster: 'az-prod-1', service: 'ledger-api' });
  await expect(ledger).toContainText(/Drifted: az-prod-1/, { timeout: 30_000 });
  await control('heal', { service: 'ledger-api', where: 'az-prod-1' });
  await expect(ledger).not.toContainText(/Drifted|Rolling out/, {
    timeout: 30_000,
  });
});

test('what keeps the pods of a release from running is told by cluster', async ({
  page,
}) => {
  const why = [
    'No node takes its pods.',
    'Its image can’t be pulled.',
    'The namespace’s quota leaves no room for its pods.',
  ];
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?squad=all&q=ledger-api`);
  const prod = row(page, 'ledger-api').first().getByRole('gridcell').last();
  await expect(prod).toContainText(/Reconciled: .*aws-prod-2/);
  const service = 'ledger-api';
  await control('unschedulable', { service, where: 'aws-prod-1' });
  await control('image-pull', { service, where: 'az-prod-1' });
  await control('quota', { service, where: 'aws-prod-2' });
  await control('build', { service });
  await control('release', { service, environment: 'prod' });
  await expect(prod).toContainText(/Failed: az-prod-1/, { timeout: 30_000 });
  await prod.getByRole('button').last().click();
  const panel = page.getByRole('dialog');
  for (const words of why) {
    await expect(panel.getByText(words).first()).toBeVisible();
  }
  await expect(panel).toContainText(/gcp-prod-1 ?Reconciled/);
  await control('heal', { service, where: 'prod' });
  for (const words of why) {
    await expect(panel.getByText(words)).toHaveCount(0, { timeout: 30_000 });
  }
  await expect(prod).toContainText(/Reconciled: .*aws-prod-2/, {
    timeout: 30_000,
  });
});

test('a release is followed into every cluster of its environment', async ({
  page,
}) => {
  await signInAs(page, 'engineer');
  await page.goto(`${PORTALS.new}/releases/board?squad=all&q=ledger-worker`);
  const worker = row(page, 'ledger-worker').first();
  await expect(worker).toBeVisible();
  await control('build', { service: 'ledger-worker' });
  const { artifactId } = await control('release', {
    service: 'ledger-worker',
    environment: 'prod',
  });
  const commit = /-([0-9a-f]{7})[0-9a-f]{3}-/.exec(artifactId)![1];
  const prod = worker.getByRole('gridcell').last();
  await expect(prod).toContainText(commit);
  await expect(prod).toContainText(/Reconciled: .*aws-prod-2/, {
    timeout: 45_000,
  });
  await expect(prod).not.toContainText(/Pending|Rolling out/);
});

test('a cluster that is bootstrapped anew shows its recovery', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, 'platform');
  await page.goto(`${PORTALS.new}/releases/clusters/gcp-dev-1`);
  await expect(page.getByText('Names itself gcp-dev-1')).toBeVisible();
  await control('rebuild', { cluster: 'gcp-dev-1', seconds: '25' });
  await expect(page.getByText(/Under way for/)).toBeVisible({
    timeout: 45_000,
  });
  await expect(page.getByText(/Recovered in/)).toBeVisible({ timeout: 90_000 });
  for (const moment of [
    'API reachable',
    'Flux ready',
    'First revision applied',
    'Everything Ready',
  ]) {
    await expect(page.getByText(moment)).toBeVisible();
  }
});

for (const theme of ['light', 'dark'] as const) {
  for (const path of ['clusters', 'clusters/aws-prod-1']) {
    test(`${path} is accessible and fits every width (${theme})`, async ({
      page,
    }) => {
      await signInAs(page, 'engineer');
      await useTheme(page, theme);
      await page.goto(`${PORTALS.new}/releases/${path}`);
      await expect(page.getByText(/Live/).first()).toBeVisible();
      await expectAccessible(page);
      for (const width of [320, 390, 768, 1024, 1280, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await expectNoOverflow(page);
      }
    });
  }
}
