import { isError } from '@backstage/errors';
import {
  AskedAccess,
  OPEN_REQUEST_STATES,
  RequestDiff,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RepositoryFiles } from '../../../gitops/MirrorFiles';
import { buildPolicyDiff } from '../../../policies/edit/buildPolicyDiff';
import { readAskedAccess } from '../../../requests/store/readAskedAccess';
import { AccessRow } from '../../../requests/types';
import { GatewaySettings } from '../../entries/types';
import { changeEntries } from '../changeEntries';
import { toChange } from '../readAccessFacts';
import {
  CommitMirror,
  CommittedFile,
  readCommittedFile,
} from './readCommittedFile';

/** What the differences of requests for access are read with. */
export interface AccessDiffOptions {
  knex: Knex;
  /** The repository that has the gateway's file, as it is now. */
  files: RepositoryFiles;
  gateway: GatewaySettings;
  /** Of the config repository, to which requests become commits. */
  mirror: CommitMirror;
}

const CONTEXT = 3;

/** The file as it is, and as it would be. */
async function readWished(
  { wish }: AskedAccess,
  { files, gateway, signal }: AccessDiffOptions & { signal?: AbortSignal },
): Promise<CommittedFile> {
  const read = await files.readFiles([gateway.path], { signal });
  const [file] = read.files;
  if (file?.fault !== undefined) {
    return { missing: `${gateway.path} can't be changed: ${file.fault}.` };
  }
  const before = file?.content;
  const changed = changeEntries(toChange(wish, wish.squad ?? ''), {
    ...gateway,
    content: before,
  });
  return changed.kind === 'refused'
    ? { missing: changed.message }
    : { before, after: changed.content ?? undefined };
}

async function readSides(
  row: AccessRow,
  asked: AskedAccess,
  options: AccessDiffOptions & { signal?: AbortSignal },
): Promise<CommittedFile> {
  const { knex, signal } = options;
  try {
    if (row.revision !== null) {
      return await readCommittedFile(knex, row, { ...options, ...asked });
    }
    if (OPEN_REQUEST_STATES.includes(row.state)) {
      return await readWished(asked, options);
    }
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: isError(error) ? error.message : 'unknown error' };
  }
  return { missing: 'It ended before anything was written.' };
}

/**
 * Reads what a request changes of the gateway's file: while it is open, the
 * file now against as it would be; afterwards, what its commit changed.
 *
 * @param options - `whole`: whether the reader may see what stands beside the
 * entry, which is others'
 */
export async function readAccessDiff(
  row: AccessRow,
  options: AccessDiffOptions & { whole: boolean; signal?: AbortSignal },
): Promise<RequestDiff> {
  const { gateway, knex, whole } = options;
  const none = (missing: string) => ({ files: [], unchangedFiles: 0, missing });
  const asked = (await readAskedAccess(knex, [row.number])).get(row.number);
  if (!asked) return none('What was asked for isn’t known any more.');
  const sides = await readSides(row, asked, options);
  if ('missing' in sides) return none(sides.missing);
  const path = row.revision === null ? gateway.path : asked.path;
  const diff = buildPolicyDiff(path, sides, whole ? CONTEXT : 0);
  if (!whole && diff.added > 0 && diff.removed > 0) {
    return none(
      'The entry shares a line with others, which are for who may read the config repository.',
    );
  }
  return { files: [diff], unchangedFiles: 0 };
}
