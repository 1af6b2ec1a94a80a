/**
 * Ground Control's texts in Danish, for apps that install them. Nothing of the
 * plugin leads here, so that other portals load none of it.
 *
 * Words, used throughout: godkende (approve), afvise (reject), afgøre (decide),
 * anmode, anmodning (ask, request), tilsidesætte (override), tilbageholdt
 * (held), grundlag ændret (outdated), erstattet (superseded), udløbet
 * (expired), frysning (freeze), vurdering (verdict), advarsel (warning),
 * blokeret (blocked), bagud (behind), afventer (pending), afstemt
 * (reconciled), registreret (recorded), anvendt (applied), rulles ud (rolling
 * out), forældet (stale), fejler (failing), ukendt (unknown), kan ikke nås
 * (unreachable), adgang nægtet (access refused), miljø (environment), tavle
 * (board), post (entry), spejlet (mirrored), måling (sample), i orden (well),
 * sund (healthy), promovere (promote), afviger (drifted). Release, commit, build, artifact,
 * branch, merge, rollback, squad, lead, cluster, pod, baseline, probe,
 * link, policy, gateway, mesh, credentials and audit trail stay.
 *
 * @packageDocumentation
 */
import {
  createTranslationRef,
  createTranslationResource,
  TranslationResource,
} from '@backstage/core-plugin-api/alpha';
import type { groundControlLinksTranslationRef } from '../linksTranslation';
import type { groundControlNavTranslationRef } from '../navTranslation';
import type { groundControlPagesTranslationRef } from '../pagesTranslation';
import type { groundControlPoliciesTranslationRef } from '../policiesTranslation';
import type { groundControlRequestsTranslationRef } from '../requestsTranslation';
import type { groundControlTranslationRef } from '../translation';
import { MessagesOf } from './types';

/** Of a ref only its id is needed here: with the refs, every portal page would load all English texts. */
function danish<TRef extends { id: string }>(
  id: TRef['id'],
  load: () => Promise<{ default: MessagesOf<TRef> }>,
): TranslationResource {
  return createTranslationResource({
    ref: createTranslationRef({ id, messages: {} }),
    translations: { da: load },
  });
}

/**
 * Ground Control's texts in Danish, each loaded when it is first shown.
 *
 * @public
 */
export const groundControlDanish: TranslationResource[] = [
  danish<typeof groundControlTranslationRef>(
    'plugin.ground-control',
    () => import('./translation'),
  ),
  danish<typeof groundControlNavTranslationRef>(
    'plugin.ground-control.nav',
    () => import('./navTranslation'),
  ),
  danish<typeof groundControlPagesTranslationRef>(
    'plugin.ground-control.pages',
    () => import('./pages'),
  ),
  danish<typeof groundControlRequestsTranslationRef>(
    'plugin.ground-control.requests',
    () => import('./requests'),
  ),
  danish<typeof groundControlPoliciesTranslationRef>(
    'plugin.ground-control.policies',
    () => import('./policiesTranslation'),
  ),
  danish<typeof groundControlLinksTranslationRef>(
    'plugin.ground-control.links',
    () => import('./links'),
  ),
];
