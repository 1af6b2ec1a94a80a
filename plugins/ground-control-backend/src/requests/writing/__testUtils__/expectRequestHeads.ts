import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { expectHeads } from '../../../__testUtils__/expectHeads';
import { AnchorService } from '../../../audit/AnchorService';
import { verifyAudit } from '../../../audit/verifyAudit';
import { WriterWorld } from './WriterWorld';

/**
 * Expects that the branch's commits of requests, and no others, hold heads of
 * the audit trail that vouch for them.
 */
export async function expectRequestHeads(
  world: WriterWorld,
  numbers: number[],
): Promise<void> {
  const { knex, repository } = world;
  const mirror = new Mirror({
    remote: parseRemoteUrl(repository.path),
    branch: 'master',
    directory: mkdtempSync(join(world.directory, 'verifying-')),
    timeoutMs: 20_000,
    logger: world.logger,
  });
  const anchors = new AnchorService({
    knex,
    repository: 'default',
    mirror,
    forgedHeads: [],
  });
  try {
    expect(await mirror.fetch()).toMatchObject({ kind: 'fetched' });
    await expectHeads(
      {
        knex,
        repository,
        verify: () => verifyAudit(knex, { anchors, now: new Date() }),
      },
      numbers.map(number => ({
        revision: repository.git(
          ...['log', '--format=%H', `--grep=^Release-request: REQ-${number}$`],
          'master',
        ),
        entry: { number, action: 'request.asked' },
      })),
    );
  } finally {
    await mirror.close();
  }
}
