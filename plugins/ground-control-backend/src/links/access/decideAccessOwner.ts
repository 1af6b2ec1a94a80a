import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { blockFinally, passes, warns } from './sayAccess';
import { AccessDecision, AccessFacts } from './types';

/** Of `group:default/squad-ledger` what people call it. */
const nameOf = (squadRef: string) => squadRef.replace(/^.*\//, '');

/** Without a verdict where there is nothing that could be anybody's. */
type Owner = Omit<AccessDecision, 'verdicts'> & { verdict?: Verdict };

const policy = 'owner';

const byLead = (squadRef: string, why: string) => ({
  squadRef,
  requirement: {
    approvals: 1,
    platform: false,
    reason: `A lead of ${nameOf(squadRef)} decides, ${why}.`,
  },
});

const byPlatform = (why: string) => ({
  requirement: {
    approvals: 1,
    platform: true,
    reason: `A platform engineer decides, ${why}.`,
  },
});

function decideEntrySquad(
  entrySquad: AccessFacts['entrySquad'],
  change: 'add' | 'remove',
): Owner {
  if (!entrySquad) {
    const reason =
      'Neither the wish nor the catalog says whose the entry is to be.';
    const remedy = 'Name the squad that the entry is to have.';
    return {
      ...byPlatform('because no squad is known'),
      // Of a removal nothing is there, which is said already.
      ...(change === 'add' && {
        verdict: blockFinally({ policy, title: 'No squad', reason, remedy }),
      }),
    };
  }
  const { isKnown, squadRef } = entrySquad;
  const name = nameOf(squadRef);
  if (isKnown) {
    return {
      ...byLead(squadRef, 'whose entry it is'),
      verdict: passes({
        policy,
        title: 'Squad is known',
        reason: `The entry is ${name}’s.`,
      }),
    };
  }
  const words = {
    policy,
    title: 'No such squad',
    reason: `The catalog has no Group ${name}, which the entry names.`,
  };
  return {
    ...byPlatform(`because the catalog has no Group ${name}`),
    verdict:
      change === 'add'
        ? blockFinally({ ...words, remedy: 'Name a Group of the catalog.' })
        : warns({ ...words, remedy: 'A platform engineer looks after it.' }),
  };
}

/** Whose decision it is, and whether the entry says so. */
export function decideAccessOwner(facts: AccessFacts): Owner {
  const { called, entrySquad, wish } = facts;
  const { change, kind } = wish;
  if (kind === 'target') return decideEntrySquad(entrySquad, change);
  const squadRef = called?.squadRef;
  if (squadRef === undefined) {
    // Nobody becomes the owner of a service by writing an entry for it.
    const { verdict, squadRef: named } = decideEntrySquad(entrySquad, change);
    if (!verdict || verdict.level === 'block') {
      return { ...byPlatform('because no squad owns the service'), verdict };
    }
    const requirement = byPlatform(
      'because the catalog names no owner of the service',
    );
    return {
      ...requirement,
      ...(change === 'remove' &&
        named !== undefined &&
        byLead(named, 'whose entry it is')),
      verdict: warns({
        policy,
        title: 'Owner isn’t known',
        reason: `Neither the catalog nor an artifact says whose ${wish.name} is.`,
        remedy: 'Name the owner of the service in the catalog.',
      }),
    };
  }
  const name = nameOf(squadRef);
  const deciding = byLead(squadRef, 'whose service is called');
  if (change === 'add' && entrySquad && entrySquad.squadRef !== squadRef) {
    return {
      ...deciding,
      verdict: blockFinally({
        policy,
        title: 'The service is another squad’s',
        reason: `The entry is to name ${nameOf(
          entrySquad.squadRef,
        )}, and the catalog says that ${name} owns ${wish.name}.`,
        remedy: `Ask with ${name} as the squad.`,
      }),
    };
  }
  const { artifactSquadRef } = called ?? {};
  if (artifactSquadRef !== undefined && artifactSquadRef !== squadRef) {
    const other = nameOf(artifactSquadRef);
    const { requirement } = deciding;
    return {
      squadRef,
      requirement: {
        ...requirement,
        platform: true,
        reason: `A lead of ${name} and a platform engineer decide, because the catalog names ${name} and its artifact ${other}.`,
      },
      verdict: warns({
        policy,
        title: 'Owner and artifact differ',
        reason: `The catalog says that ${name} owns ${wish.name}, and the artifact says ${other}: one of them is wrong.`,
        remedy:
          'Mend the owner in the catalog, or the squad that the build names.',
      }),
    };
  }
  return {
    ...deciding,
    verdict: passes({
      policy,
      title: 'Owner agrees',
      reason: `${name} owns ${wish.name}, and nothing says otherwise.`,
    }),
  };
}
