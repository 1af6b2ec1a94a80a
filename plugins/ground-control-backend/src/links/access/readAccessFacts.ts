import {
  AccessLink,
  AccessWish,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { createSquadFinder } from '../../catalog/deriveServices';
import { RepositoryFile } from '../../gitops/MirrorFiles';
import { pairKey } from '../../latency/book/pairKey';
import { readMatrix } from '../../latency/reading/readMatrix';
import { LinkedPairs } from '../../latency/reading/types';
import { ReadContext } from '../../releases';
import { CALLS_OVER } from '../calls/readLinkCalls';
import { readEntriesFile } from '../entries/file/readEntriesFile';
import { readExported, readIngresses } from '../store';
import type { AccessReadingOptions } from './AccessReading';
import { changeEntries } from './changeEntries';
import { CalledService, readCalled } from './readCalled';
import { readAccessUsers } from './readAccessUsers';
import { AccessFacts, ChangedEntries, EntryChange } from './types';

/** All that was read for a wish. */
export interface ReadAccess {
  facts: AccessFacts;
  /** Undefined where there is none. */
  file?: RepositoryFile;
  /** How code calls it; empty where that isn't known. */
  address: string;
}

type Options = Pick<
  AccessReadingOptions,
  'files' | 'gateway' | 'readLinkedPairs'
> & { wish: AccessWish; now: Date };

const nameOf = (squadRef: string) => squadRef.replace(/^.*\//, '');

/** What the file has to change by. */
export function toChange(wish: AccessWish, squad: string): EntryChange {
  const { change, cluster, kind, name } = wish;
  if (kind === 'target') {
    const entry = { kind, hostName: name, environment: cluster };
    return change === 'remove'
      ? { change, entry }
      : { change, entry: { ...entry, dnsName: wish.dnsName ?? '', squad } };
  }
  const namespace = wish.namespace ?? '';
  const entry = { kind, service: name, namespace, cluster };
  return change === 'remove'
    ? { change, entry }
    : { change, entry: { ...entry, squad, port: wish.port ?? 0 } };
}

/** Where it isn't known whether there is a link, none is claimed to be missing. */
function findLink(
  pair: { from: string; to: string },
  cells: ReadonlyMap<string, LinkCell>,
  linked: LinkedPairs,
): AccessLink {
  const cell = cells.get(pairKey(pair.from, pair.to));
  if (cell) return { ...pair, state: cell.state, valueMs: cell.valueMs };
  const isKnown = linked.clusters.has(pair.from);
  return { ...pair, state: isKnown ? 'not-linked' : null, valueMs: null };
}

/** The squad of the service that asks. */
async function readOwnSquad(
  { knex, repository }: ReadContext,
  { service: { namespace, name } }: AccessWish,
): Promise<string | undefined> {
  const row = await knex('services')
    .where({ repository, namespace, service: name })
    .first('squad_ref');
  return row?.squad_ref ?? undefined;
}

/** Reads the gateway's file, and what it would be. */
async function readChange(
  context: ReadContext,
  { files, gateway, wish }: Options,
  called: CalledService | undefined,
) {
  const { files: found } = await files.readFiles([gateway.path]);
  const [file] = found;
  const squads: string[] = await context.knex('squads').pluck('squad_ref');
  const owner =
    wish.kind === 'ingress'
      ? called?.squadRef
      : await readOwnSquad(context, wish);
  const named = wish.squad ?? (owner === undefined ? undefined : nameOf(owner));
  const declared =
    file?.content &&
    readEntriesFile(file.content, gateway).entries.find(
      one =>
        one.kind === wish.kind &&
        one.name === wish.name &&
        one.cluster === wish.cluster &&
        (one.kind === 'target' || one.namespace === wish.namespace),
    );
  const squad = wish.change === 'remove' ? declared?.squad : named;
  const squadRef = createSquadFinder(squads)(squad);
  const isBroken = file?.fault !== undefined;
  const changed: ChangedEntries = isBroken
    ? {
        kind: 'refused',
        code: 'file',
        message: `${gateway.path} can't be changed: ${file.fault}.`,
        remedy: 'Mend it by hand, and commit it.',
      }
    : changeEntries(toChange(wish, squad ?? ''), {
        ...gateway,
        content: file?.content,
      });
  return {
    file,
    changed,
    ...(squadRef !== undefined && {
      entrySquad: { squadRef, isKnown: squads.includes(squadRef) },
    }),
  };
}

/** Reads all that is known of a wish, as one reader may see it. */
export async function readAccessFacts(
  context: ReadContext,
  options: Options,
): Promise<ReadAccess> {
  const { knex } = context;
  const { gateway, now, readLinkedPairs, wish } = options;
  const { change, cluster, from, kind, name } = wish;
  const isIngress = kind === 'ingress';
  const place = { name, cluster, namespace: wish.namespace ?? '' };
  const called = isIngress ? await readCalled(context, place) : undefined;
  // The same pairs say how links are and which are missing.
  const linked = await readLinkedPairs(knex);
  const links = { knex, now, readLinkedPairs: async () => linked };
  const [{ file, ...changing }, matrix, exported, ingresses] =
    await Promise.all([
      readChange(context, options, called),
      readMatrix(links, CALLS_OVER),
      readExported(knex, { cluster }),
      isIngress ? readIngresses(knex, { cluster }) : [],
    ]);
  const cells = new Map(
    matrix.cells.map(cell => [pairKey(cell.from, cell.to), cell]),
  );
  const there = exported.find(
    one =>
      one.service === name && (!isIngress || one.namespace === wish.namespace),
  );
  const namespace = isIngress
    ? place.namespace
    : there?.namespace ?? gateway.namespace;
  const ingress = ingresses.find(
    one =>
      one.managedByGateway &&
      one.service === name &&
      one.namespace === wish.namespace,
  );
  const { changed } = changing;
  const findAddress = () => {
    if (changed.kind === 'refused' && changed.code === 'names') return '';
    if (!isIngress || from.length > 0) {
      return `http://${name}-${cluster}.${namespace}.svc.cluster.local`;
    }
    const [host] = ingress?.hosts ?? [];
    return host === undefined ? '' : `https://${host}`;
  };
  return {
    ...(file && { file }),
    address: findAddress(),
    facts: {
      ...changing,
      wish,
      path: gateway.path,
      ownAddress: `http://${name}.${namespace}.svc.cluster.local`,
      clusters: matrix.clusters.map(one => one.name),
      links: from
        .filter(one => one !== cluster)
        .map(one => findLink({ from: one, to: cluster }, cells, linked)),
      ...(called && { called }),
      live: {
        ...(ingress && { ingressPort: ingress.port }),
        ...(there && { ports: there.ports }),
      },
      ...(change === 'remove' && {
        users: await readAccessUsers(context, {
          ...place,
          namespace,
          called,
          cells,
          now: now.getTime(),
        }),
      }),
    },
  };
}
