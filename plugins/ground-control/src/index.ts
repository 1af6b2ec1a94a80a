/**
 * Ground Control's pages, tabs and cards for the classic frontend system; the
 * new one's are in `./alpha`.
 *
 * @packageDocumentation
 */
export { groundControlApiRef } from './api';
export {
  EntityClusterContent,
  EntityGroupReleasesContent,
  EntityReleasesContent,
  EntitySquadStateCard,
  EntityWhereItRunsCard,
  groundControlPlugin,
  LinksPage,
  ReleasesPage,
} from './plugin';
export { isClusterEntity, isServiceEntity, isSquad } from './predicates';
export { ReleasesSidebarItem } from './components/ReleasesSidebarItem';
export { groundControlLinksTranslationRef } from './linksTranslation';
export { groundControlNavTranslationRef } from './navTranslation';
export { groundControlPagesTranslationRef } from './pagesTranslation';
export { groundControlPoliciesTranslationRef } from './policiesTranslation';
export { groundControlRequestsTranslationRef } from './requestsTranslation';
export { groundControlTranslationRef } from './translation';
