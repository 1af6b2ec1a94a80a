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

test.afterEach(async () => {
  for (const name of CLUSTERS) {
    await control('cluster-fault', { cluster: name, fault: 'none' });
  }
});

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
  ['hang-streams', 'Live', undefined],
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
    if (words) {
      await expect(cluster(page, 'aws-prod-2')).toContainText(words);
      await expect(cluster(page, 'aws-prod-2')).not.toContainText('reconciled');
    }
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
