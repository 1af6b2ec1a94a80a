import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import {
  AskedPlace,
  buildAskedColumns,
} from '../../requests/ask/buildAskedColumns';
import { AskedForm } from '../../requests/ask/types';
import { computeAccessEvidence } from '../../requests/decide/computeAccessEvidence';
import { AccessRow } from '../../requests/types';
import { ingressId, targetId } from '../entries/entryId';
import { hashAccess } from './hashAccess';
import { CalledService } from './readCalled';
import { AccessDecision } from './types';

/** What is asked for, and what is said of it. */
export interface JudgedAccess {
  /** Its squad filled in. */
  wish: AccessWish;
  decision: AccessDecision;
  /** Of an ingress, where it is known. */
  called?: CalledService;
  /** Of the cluster that the entry lies at; empty where it carries none. */
  environment: string;
}

/**
 * Makes the row of a request for access that was just asked for; it is pending.
 * It stands under the service whose squad decides.
 */
export function buildAccessRow(
  form: AskedForm,
  { called, decision, environment, wish }: JudgedAccess,
  place: AskedPlace,
): Omit<AccessRow, 'number'> {
  const { repository } = form;
  const { verdicts } = decision;
  const intent = wish.change === 'add' ? 'access-add' : 'access-remove';
  const subject =
    wish.kind === 'target'
      ? targetId(wish)
      : ingressId({ ...wish, namespace: wish.namespace ?? '' });
  const digest = hashAccess(wish);
  const shown = called ?? wish.service;
  const bound = { repository, subject, intent, digest, verdicts } as const;
  return {
    ...buildAskedColumns(form, decision, place),
    kind: 'access',
    environment,
    namespace: shown.namespace,
    service: shown.name,
    for_namespace: wish.service.namespace,
    for_service: wish.service.name,
    squad_ref: decision.squadRef ?? null,
    artifact_squad_ref: called?.artifactSquadRef ?? null,
    intent,
    subject,
    digest,
    evidence: computeAccessEvidence(bound),
    artifact_id: '',
    from_environment: null,
    of_branch: null,
    left_artifact_id: null,
    rollback_revision: null,
    replaces_revision: null,
    replaces_position: null,
    replaces_artifact_id: null,
    replaces_released_at: null,
    replaces_edit_revision: null,
    pause_auto_release_hours: null,
  };
}
