import { GatewayEntries } from '@ground-control/backstage-plugin-ground-control-common';
import { createSquadFinder } from '../../../catalog/deriveServices';
import { LinkReadContext } from '../../../latency/reading/types';
import { ReadContext } from '../../../releases';
import { readExported, readIngresses } from '../../store';
import { decideEntry } from '../decide/decideEntry';
import { findSubjects } from '../decide/findSubjects';
import { isCalledFrom } from '../decide/isCalledFrom';
import { EntrySubject } from '../decide/types';
import { readEntries } from '../store/readEntries';
import { readEntryFacts } from './readEntryFacts';
import { readHeard } from './readHeard';
import { readSubjectServices } from './readSubjectServices';

/** Which entries are asked for. */
export interface EntrySelection {
  /** Entity refs of Groups; all where absent. */
  squads?: string[];
  /** Entity ref of a Component. */
  entityRef?: string;
  /** The link that calls to it cross, or are to cross. */
  from?: string;
  to?: string;
}

/**
 * Reads entries of the gateway and what becomes of them; that the reader may
 * read clusters was decided before. An ingress is shown to those who may see
 * its service: a target is no service.
 */
export async function readGatewayEntries(
  context: ReadContext & Omit<LinkReadContext, 'maySee'>,
  selection: EntrySelection,
): Promise<GatewayEntries> {
  const { knex, now, repository } = context;
  const [file, exported, ingresses, { heard, environments }, squads] =
    await Promise.all([
      readEntries(knex, repository),
      readExported(knex),
      readIngresses(knex),
      readHeard(knex, now),
      knex('squads').pluck('squad_ref'),
    ]);
  const all = findSubjects(file, { exported, ingresses });
  const findService = await readSubjectServices(context, {
    subjects: all,
    environments,
  });
  const findSquad = createSquadFinder(squads);
  const isOfSquads = ({ squad }: EntrySubject) => {
    const ref = squad === null ? undefined : findSquad(squad);
    return ref !== undefined && selection.squads?.includes(ref);
  };
  const ownerOf = (subject: EntrySubject): string | null => {
    const { squad } = subject;
    const ref =
      squad === null ? findService(subject)?.squadRef : findSquad(squad);
    return ref && squads.includes(ref) ? ref : null;
  };
  const { from, to } = selection;
  const isShown = (subject: EntrySubject) => {
    if (to !== undefined && subject.cluster !== to) return false;
    if (selection.squads && !isOfSquads(subject)) return false;
    const service = findService(subject);
    if (selection.entityRef !== undefined) {
      return service?.isVisible && service.entityRef === selection.entityRef;
    }
    if (subject.kind === 'target') return true;
    return service?.isVisible ?? context.services.kind === 'all';
  };
  const subjects = all.filter(isShown);
  const facts = await readEntryFacts(context, {
    heard,
    exported,
    ingresses,
    names: subjects.map(({ name }) => name),
  });
  return {
    asOf: now.toISOString(),
    path: file?.path ?? null,
    revision: file?.revision ?? null,
    entries: subjects
      .map(subject => ({
        ...decideEntry(subject, facts),
        owner: ownerOf(subject),
      }))
      .filter(entry => from === undefined || isCalledFrom(from, entry, facts)),
    problems: (file?.problems ?? []).map(({ line, message }) => ({
      line,
      message,
    })),
  };
}
