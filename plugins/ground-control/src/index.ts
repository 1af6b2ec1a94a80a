/**
 * Ground Control's pages, tabs and cards for the classic frontend system; the
 * new one's are in `./alpha`.
 *
 * @packageDocumentation
 */
export { groundControlApiRef } from './api';
export {
  EntityGroupReleasesContent,
  EntityReleasesContent,
  EntitySquadStateCard,
  EntityWhereItRunsCard,
  groundControlPlugin,
  ReleasesPage,
} from './plugin';
export { isServiceEntity, isSquad } from './predicates';
export { groundControlTranslationRef } from './translation';
