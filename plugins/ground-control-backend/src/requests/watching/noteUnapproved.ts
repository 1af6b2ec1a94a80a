import { Knex } from 'knex';
import { appendAudit } from '../../audit/appendAudit';
import { WatchedRelease } from './types';

const ACTION = 'release.not-approved-here';

/** A release that no decision of ours stands behind, and why that is known. */
export interface Unapproved {
  release: WatchedRelease;
  reason: string;
}

/**
 * Marks releases, and tells the trail of each once: a branch that is read anew
 * has the same releases at the same commits.
 */
export async function noteUnapproved(
  tx: Knex.Transaction,
  repository: string,
  found: Unapproved[],
  now: number,
): Promise<void> {
  for (const { release, reason } of found) {
    const { environment, namespace, service, revision } = release;
    await tx('unapproved_releases')
      .insert({
        repository,
        environment,
        namespace,
        service,
        position: release.position,
        revision,
        reason,
        noted_at: now,
      })
      .onConflict([
        'repository',
        'position',
        'environment',
        'namespace',
        'service',
      ])
      .merge();
    const told = await tx('audit_entries')
      .where({ service, namespace, environment, revision, action: ACTION })
      .first('sequence');
    if (told) continue;
    await appendAudit(tx, {
      at: now,
      // Who made a commit is what the commit says, which anybody can write.
      actor: 'system:release-watch',
      action: ACTION,
      environment,
      service: { namespace, name: service },
      revision,
      details: {
        reason,
        [release.kind === 'edit'
          ? 'editedBy'
          : 'releasedBy']: `${release.by_name} <${release.by_email}>`,
        ...(release.artifact_id !== null && { artifact: release.artifact_id }),
      },
    });
  }
}
