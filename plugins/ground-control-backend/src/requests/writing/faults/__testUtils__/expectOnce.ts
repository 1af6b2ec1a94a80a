import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  expectNoSecret,
  readEveryRow,
} from '../../../../__testUtils__/expectNoSecret';
import { ReleaseManagerReader } from '../../../../gitops/releaseManager/__testUtils__/ReleaseManagerReader';
import { readSteps } from '../../../store/readSteps';
import { expectRequestHeads } from '../../__testUtils__/expectRequestHeads';
import { CANARY, FaultWorld } from './FaultWorld';

/**
 * Expects what has to be so whatever died: each request is on the branch by one
 * commit with its files, in the order asked, that release-manager reads too; its
 * row, its steps and the audit trail say so, once; the commits hold heads of the
 * trail; and no secret is anywhere.
 *
 * @param maySay - codes of steps that the fault may have left on the way
 */
export async function expectOnce(
  world: FaultWorld,
  numbers: number[],
  maySay: string[] = [],
): Promise<void> {
  const { knex, writers } = world;
  const { repository } = writers;
  expect(writers.commits()).toEqual(numbers);
  const releases = new ReleaseManagerReader(repository.path).log();
  for (const number of numbers) {
    const revision = repository.git(
      ...['log', '--format=%H', `--grep=^Release-request: REQ-${number}$`],
      'master',
    );
    const position = Number(
      repository.git('rev-list', '--first-parent', '--count', revision),
    );
    const row = await writers.row(number);
    expect(row).toMatchObject({ state: 'committed', revision, position });
    expect(
      repository.git(
        'show',
        `${revision}:dev/releases/dev/${row.service}/artifact.json`,
      ),
    ).toContain(`"id": "${row.artifact_id}"`);
    expect(releases.find(one => one.revision === revision)).toMatchObject({
      environment: 'dev',
      service: row.service,
      artifactId: row.artifact_id,
      trailers: { 'Release-request': `REQ-${number}` },
    });
    const steps = await readSteps(knex, number);
    const codes = steps.map(({ code }) => code);
    expect(codes.filter(code => code === 'committed')).toHaveLength(1);
    expect(['committed', ...maySay]).toEqual(expect.arrayContaining(codes));
    expect(
      await knex('audit_entries').where({
        number,
        action: 'request.committed',
      }),
    ).toHaveLength(1);
  }
  await expectRequestHeads(writers, numbers);
  await expectNoCanary(world);
}

/** The canary is in the artifacts, the commits and the remote's password alone. */
async function expectNoCanary({ directory, knex, log, writers }: FaultWorld) {
  const entries = await readdir(directory, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(one => one.isFile() && !one.parentPath.includes('/objects'))
    .map(one => join(one.parentPath, one.name));
  expectNoSecret(
    {
      log: [log, ...writers.logger.lines],
      rows: await readEveryRow(knex),
      files: files.map(path => `${path} ${readFileSync(path, 'latin1')}`),
    },
    [CANARY],
  );
}
