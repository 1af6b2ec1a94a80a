import { AccessWish } from '@ground-control/backstage-plugin-ground-control-common';
import { createSquadFinder } from '../../catalog/deriveServices';
import { RepositoryFile, RepositoryFiles } from '../../gitops/MirrorFiles';
import { ReadContext } from '../../releases';
import { readEntriesFile } from '../entries/file/readEntriesFile';
import { readExported, readIngresses } from '../store';
import type { AccessReadingOptions } from './AccessReading';
import { changeEntries } from './changeEntries';
import { readAccessLinks } from './readAccessLinks';
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
  /** The squad that the entry names; of one that comes as it is to name it. */
  squad?: string;
  /** Of an ingress: the service that is called, where it is one that we know. */
  called?: CalledService;
}

type Options = Pick<AccessReadingOptions, 'gateway' | 'readLinkedPairs'> & {
  files: Pick<RepositoryFiles, 'readFiles'>;
  wish: AccessWish;
  now: Date;
  /** Callers are counted and not named, for what isn't one reader's alone. */
  countsUsers?: boolean;
};

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
    squad,
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
  const { gateway, now, wish } = options;
  const { change, cluster, from, kind, name } = wish;
  const isIngress = kind === 'ingress';
  const place = { name, cluster, namespace: wish.namespace ?? '' };
  const called = isIngress ? await readCalled(context, place) : undefined;
  const [
    { file, squad, ...changing },
    { cells, clusters, links },
    exported,
    ingresses,
  ] = await Promise.all([
    readChange(context, options, called),
    readAccessLinks(knex, options),
    readExported(knex, { cluster }),
    isIngress ? readIngresses(knex, { cluster }) : [],
  ]);
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
    ...(squad !== undefined && { squad }),
    ...(called && { called }),
    address: findAddress(),
    facts: {
      ...changing,
      wish,
      path: gateway.path,
      ownAddress: `http://${name}.${namespace}.svc.cluster.local`,
      clusters,
      links,
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
          isCounted: options.countsUsers,
        }),
      }),
    },
  };
}
