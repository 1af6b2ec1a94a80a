import {
  ingressOf,
  possibleTargets,
} from '../../gatewayEntries/makeEntries.ts';
import { formatGatewayEntries } from '../../gatewayEntries/gatewayEntriesFile.ts';
import { ENTRIES_PATH } from '../../gatewayEntries/types.ts';
import type { GatewayEntries } from '../../gatewayEntries/types.ts';
import { identityOf } from '../context.ts';
import type { Context } from '../context.ts';
import { humanCommit } from './humanCommit.ts';
import type { Happening } from './types.ts';

/** What a squad did to the entries, and what it says of it. */
interface Done {
  squad: string;
  title: string;
}

function addTarget(entries: GatewayEntries, { company, random }: Context) {
  const missing = possibleTargets(company).filter(
    ({ hostName }) =>
      !entries.targets.some(target => target.hostName === hostName),
  );
  if (missing.length === 0) {
    return undefined;
  }
  const target = random.pick(missing);
  entries.targets.push(target);
  const { squad, hostName, environment } = target;
  return { squad, title: `reach ${hostName} by ${environment}` };
}

function removeTarget(entries: GatewayEntries, { random }: Context) {
  if (entries.targets.length < 3) {
    return undefined;
  }
  const index = random.integer(0, entries.targets.length - 1);
  const [{ squad, hostName }] = entries.targets.splice(index, 1);
  return { squad, title: `nobody calls ${hostName} any more` };
}

function addIngress(
  entries: GatewayEntries,
  { company, moving, random }: Context,
) {
  const service = random.pick(moving);
  const entry = ingressOf(service, company);
  if (!entry || entries.ingress.some(one => one.service === entry.service)) {
    return undefined;
  }
  entries.ingress.push(entry);
  return {
    squad: entry.squad,
    title: `expose ${entry.service} in ${entry.cluster}`,
  };
}

function movePort(entries: GatewayEntries, { random }: Context) {
  if (entries.ingress.length === 0) {
    return undefined;
  }
  const entry = random.pick(entries.ingress);
  entry.port = entry.port === 3000 ? 8080 : 3000;
  const { squad, service, port } = entry;
  return { squad, title: `${service} listens on ${port}` };
}

const WAYS: ((
  entries: GatewayEntries,
  context: Context,
) => Done | undefined)[] = [addTarget, removeTarget, addIngress, movePort];

/** A squad changes what the gateway between the clouds lets through. */
export const gatewayEntry: Happening = {
  name: 'gateway entry',
  weight: 2,
  happen(context, at) {
    const { random, state, company } = context;
    const way = random.pick(WAYS);
    const done = state.gateway && way(state.gateway, context);
    if (!done) {
      return undefined;
    }
    const squad =
      company.squads.find(({ name }) => name === done.squad) ??
      company.squads[0];
    return humanCommit(
      identityOf(random.pick(squad.members)),
      at,
      `backbone-gateway: ${done.title}`,
      [
        {
          kind: 'file',
          path: ENTRIES_PATH,
          content: formatGatewayEntries(state.gateway!),
        },
      ],
    );
  },
};
