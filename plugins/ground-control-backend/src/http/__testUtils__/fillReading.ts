import { Knex } from 'knex';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { commitOf, TestHistory } from '../../__testUtils__/TestHistory';
import { component, group } from '../../__testUtils__/entities';
import { NOW } from '../../__testUtils__/startServer';

export const LEDGER = 'group:default/squad-ledger';
export const CARDS = 'group:default/squad-cards';

/** A pull request's merge, which was pushed together with another commit. */
export const UNBUILT = 'feedbee'.padEnd(40, '0');

/**
 * Fills a database with what tests of routes read: releases of four services,
 * one of them removed since, a build that was never released, commits without
 * a release, and two problems.
 */
export async function fillReading(knex: Knex): Promise<void> {
  const history = new TestHistory(knex);
  await history.release({
    service: 'ledger-api',
    environment: ['dev', 'staging'],
    squad: 'squad-ledger',
    tree: 'a'.repeat(40),
  });
  await history.release({
    service: 'ledger-api',
    environment: 'prod',
    intent: 'promote',
    tree: 'a'.repeat(40),
  });
  await history.commit({
    kind: 'policy',
    title: '[ledger-api] policy update: apply auto-release in 100%_dev',
    touches: [{ service: 'ledger-api' }],
    by: 'Öst Åberg',
  });
  await history.release({
    service: 'ledger-api',
    number: 2,
    environment: 'dev',
    intent: 'auto-release',
    squad: 'squad-cards',
    tree: 'b'.repeat(40),
  });
  await history.release({
    service: 'cards-api',
    namespace: '',
    plan: 1,
    environment: 'dev',
    squad: 'squad-cards',
  });
  await history.release({
    service: 'cards-api',
    namespace: '',
    plan: 2,
    environment: 'prod',
    intent: 'rollback',
    branch: 'fix/x',
    squad: 'squad-cards',
    behind: 3,
  });
  await history.release({
    service: 'cards-worker',
    environment: 'prod',
    broken: true,
    squad: 'squad-cards',
  });
  await history.commit({ kind: 'other', title: 'Tidy up the README' });
  await history.release({ service: 'old-api', environment: 'dev' });
  await history.release({
    service: 'old-api',
    environment: 'dev',
    intent: 'removed',
  });
  for (const [environment, position, service] of [
    ['prod', 6, 'cards-api'],
    ['dev', 10, 'old-api'],
    // Replaced since.
    ['dev', 1, 'ledger-api'],
  ] as const) {
    await knex('unapproved_releases').insert({
      repository: 'default',
      environment,
      namespace: service === 'cards-api' ? '' : 'payments',
      service,
      position,
      revision: '',
      reason: 'No release request stands behind it',
      noted_at: 0,
    });
  }
  await history.problem({
    code: 'artifact-invalid',
    service: 'cards-worker',
    environment: 'prod',
    position: 7,
  });
  await history.problem({ code: 'policy-invalid', since: 1 });
  await history.build({ service: 'new-api', squad: 'squad-cards' });
  const second = { service: 'ledger-api', number: 2 };
  await history.contained(UNBUILT, second);
  await history.contained(commitOf('ledger-api', 2), second);
  await knex('service_environments')
    .where({ service: 'ledger-api', environment: 'staging' })
    .update({
      behind_commits: 2,
      behind_commits_from: commitOf('ledger-api', 1),
      behind_commits_to: commitOf('ledger-api', 2),
    });
  await new TestClusters(knex, NOW).cluster({ name: 'platform-1' });
}

/** What the catalog knows of these services, and of others. */
export const READ_ENTITIES = [
  group('squad-ledger', 'Ledger', 'user:default/ana.ruiz, bo.lind'),
  component('ledger-api', 'squad-ledger'),
  component('cards-worker', 'squad-cards', {
    service: 'payments/cards-worker',
  }),
  component('not-released', 'squad-ledger'),
  component('a-library', 'squad-ledger', { type: 'library' }),
];
