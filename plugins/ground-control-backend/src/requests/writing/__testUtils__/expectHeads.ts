import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { AnchorService } from '../../../audit/AnchorService';
import { verifyAudit } from '../../../audit/verifyAudit';
import { ReleaseManagerReader } from '../../../gitops/releaseManager/__testUtils__/ReleaseManagerReader';
import { WriterWorld } from './WriterWorld';

/**
 * Expects that the branch's commits of requests, and no others, hold heads that
 * the audit trail had when they were made, and that the trail is whole by them.
 */
export async function expectHeads(
  world: WriterWorld,
  numbers: number[],
): Promise<void> {
  const { knex, repository } = world;
  const commits = new ReleaseManagerReader(repository.path).log();
  for (const number of numbers) {
    const { trailers } = commits.find(
      one => one.trailers['Release-request'] === `REQ-${number}`,
    )!;
    const [sequence, hash] = trailers['Audit-head'].split(' ');
    const asked = await knex('audit_entries')
      .where({ number, action: 'request.asked' })
      .first('sequence');
    // An older one would vouch for nothing of this request.
    expect(Number(sequence)).toBeGreaterThanOrEqual(asked.sequence);
    expect(
      await knex('audit_entries')
        .where({ sequence: Number(sequence) })
        .first(),
    ).toMatchObject({ hash });
  }

  const mirror = new Mirror({
    remote: parseRemoteUrl(repository.path),
    branch: 'master',
    directory: mkdtempSync(join(world.directory, 'verifying-')),
    timeoutMs: 20_000,
    logger: world.logger,
  });
  try {
    expect(await mirror.fetch()).toMatchObject({ kind: 'fetched' });
    const anchors = new AnchorService({
      knex,
      repository: 'default',
      mirror,
      forgedHeads: [],
    });
    const now = new Date();
    expect(await verifyAudit(knex, { anchors, now })).toMatchObject({
      heads: numbers.length,
      faults: [],
    });
  } finally {
    await mirror.close();
  }
}
