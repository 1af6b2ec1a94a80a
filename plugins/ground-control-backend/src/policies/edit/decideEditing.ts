import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { refuse } from '../../requests/resolve/refuse';

/** All that decides whether somebody may change some policies. */
export interface EditingFacts {
  /** Whether the config repository may be written. */
  canWrite: boolean;
  /** Entity ref of a User; absent for whoever is none in person. */
  person?: string;
  /** The permission is there for each service that it is about. */
  permitted: boolean;
  /** It is about the defaults. */
  isDefaults: boolean;
  platformEngineers: readonly string[];
  /** The squads that it is about, with their leads; undefined owns no squad. */
  squads: ReadonlyArray<{ squadRef?: string; leads: readonly string[] }>;
  /** Catalog and a running artifact name different squads. */
  ownerDiffers: boolean;
  /** Why the file can't be changed by a form. */
  fault?: string;
}

const nameOf = (ref: string) => ref.slice(ref.lastIndexOf('/') + 1);

function decideLeading(facts: EditingFacts, person: string): Permit {
  const { squads } = facts;
  if (facts.platformEngineers.includes(person)) return { allowed: true };
  if (facts.isDefaults) {
    return refuse(
      'not-platform',
      'Only platform engineers may change the defaults, which hold for every squad.',
    );
  }
  if (facts.ownerDiffers) {
    return refuse(
      'not-platform',
      'Catalog and the artifact that runs name different squads, so only platform engineers may change its policies.',
    );
  }
  const others = squads.filter(({ leads }) => !leads.includes(person));
  if (squads.length > 0 && others.length === 0) return { allowed: true };
  const names = others.flatMap(({ squadRef }) => squadRef ?? []).map(nameOf);
  if (names.length === 0) {
    return refuse(
      'not-platform',
      'No squad owns it, so only platform engineers may change its policies.',
    );
  }
  return refuse(
    'not-a-lead',
    squads.length > 1
      ? `These policies are about services of several squads, because they have the same name: only platform engineers, or who leads all of ${names.join(
          ', ',
        )}, may change them.`
      : `Only a lead of ${names[0]}, or a platform engineer, may change these policies.`,
  );
}

/** Decides whether somebody may change policies, and says why not. */
export function decideEditing(facts: EditingFacts): Permit {
  if (!facts.canWrite) {
    return refuse(
      'not-configured',
      'Nothing is written to the config repository: set groundControl.configRepository.writing.',
    );
  }
  if (facts.person === undefined) {
    return refuse(
      'not-a-person',
      'Only a person who is signed in may change policies.',
    );
  }
  if (!facts.permitted) {
    return refuse(
      'permission',
      'You may not change these policies: the permission ground-control.policy.update is missing.',
    );
  }
  const leading = decideLeading(facts, facts.person);
  if (!leading.allowed) return leading;
  return facts.fault === undefined
    ? { allowed: true }
    : refuse('file', facts.fault);
}
