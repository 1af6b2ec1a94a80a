import { pass, warn } from './say';
import { Decide } from './types';

/** Of `group:default/squad-ledger` what people call it. */
const nameOf = (squadRef: string) => squadRef.replace(/^.*\//, '');

/** Whether catalog and artifact name the same squad: who leads it decides. */
export const decideOwner: Decide = ({ release }) => {
  const { squadRef, artifactSquadRef } = release;
  if (squadRef === undefined) {
    return warn({
      title: 'No squad owns it',
      reason:
        'Neither the catalog nor the artifact names a squad, so no lead can decide.',
      remedy: 'Name the owner of the service in the catalog.',
    });
  }
  if (artifactSquadRef !== undefined && artifactSquadRef !== squadRef) {
    return warn({
      title: 'Owner and artifact differ',
      reason: `The catalog says that ${nameOf(
        squadRef,
      )} owns the service, and the artifact says ${nameOf(
        artifactSquadRef,
      )}: one of them is wrong.`,
      remedy:
        'Mend the owner in the catalog, or the squad that the build names.',
    });
  }
  return pass({
    title: 'Owner agrees',
    reason: `${nameOf(squadRef)} owns the service, and nothing says otherwise.`,
  });
};
