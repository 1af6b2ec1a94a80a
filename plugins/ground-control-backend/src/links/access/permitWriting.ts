import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { refuse } from '../../requests/resolve/refuse';

/** What decides whether anybody's wish can become a commit from here. */
export interface WritingFacts {
  /** Whether the config repository may be written. */
  canWrite: boolean;
  /** The repository that the gateway's file lies in, where that is another. */
  entriesElsewhere?: { name: string };
}

/** Whether entries of the gateway can be written at all, whoever asks. */
export function permitWriting(facts: WritingFacts): Permit {
  const { canWrite, entriesElsewhere } = facts;
  if (entriesElsewhere) {
    return refuse(
      'not-configured',
      `The entries of the gateway live in ${entriesElsewhere.name}, which Ground Control doesn’t write; carry the difference there by hand`,
    );
  }
  if (!canWrite) {
    return refuse(
      'not-configured',
      'Ground Control may not write the config repository; set groundControl.configRepository.writing',
    );
  }
  return { allowed: true };
}
