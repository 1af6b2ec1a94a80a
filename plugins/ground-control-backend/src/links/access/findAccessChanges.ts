import { AskedAccess } from '@ground-control/backstage-plugin-ground-control-common';
import {
  findJudgementChanges,
  sortChanges,
} from '../../requests/decide/findJudgementChanges';
import type { RequestChange } from '../../requests/decide/findChanges';
import { AccessRow } from '../../requests/types';
import { AccessDecision, AccessFacts, EntryRefusal } from './types';

/** What is known now of that which a request for access was judged on. */
export interface PresentAccess {
  facts: Pick<AccessFacts, 'path' | 'changed'>;
  decision: AccessDecision;
}

const CODES: Record<EntryRefusal, RequestChange['code']> = {
  names: 'verdict-worse',
  'already-there': 'entry-there',
  conflict: 'entry-conflict',
  'not-there': 'entry-gone',
  file: 'file-unreadable',
};

const lowerFirst = (text: string) => text[0].toLowerCase() + text.slice(1);

function findFileChange(
  asked: Pick<AskedAccess, 'path' | 'entry'>,
  { path, changed }: PresentAccess['facts'],
): RequestChange | undefined {
  if (asked.path !== path) {
    return {
      code: 'entry-changed',
      message: `The gateway's file is ${path} now, and was ${asked.path} when this was asked for.`,
      outdates: true,
    };
  }
  if (changed.kind === 'changed') {
    return asked.entry === changed.entry
      ? undefined
      : {
          code: 'entry-changed',
          message: `${path} changed: the entry says something else than when this was asked for.`,
          outdates: true,
        };
  }
  const { code, message, remedy } = changed;
  // These say themselves what is wrong with the file, or with what is asked.
  const isOwnSentence = code === 'file' || code === 'names';
  return {
    code: CODES[code],
    message: isOwnSentence
      ? `${message} ${remedy}`
      : `${path} changed: ${lowerFirst(message)} ${remedy}`,
    outdates: true,
  };
}

/**
 * Finds what has changed since a request for access was judged, the gravest
 * first. Where the file doesn't take the change any more, all else that is
 * judged hangs on that, and isn't told beside it.
 */
export function findAccessChanges(
  row: AccessRow,
  asked: Pick<AskedAccess, 'path' | 'entry'>,
  { decision, facts }: PresentAccess,
): RequestChange[] {
  const ofFile = findFileChange(asked, facts);
  if (ofFile) return [ofFile];
  const changes: RequestChange[] = [];
  // Who was asked isn't who has to decide: others would decide in their place.
  if ((decision.squadRef ?? null) !== row.squad_ref) {
    changes.push({
      code: 'squad-changed',
      message: `Whose decision it is has changed: ${decision.requirement.reason}`,
      outdates: true,
    });
  }
  changes.push(...findJudgementChanges(row, decision));
  return sortChanges(changes);
}
