import { randomBytes } from 'node:crypto';
import type { KubeObject } from '../../types.ts';
import type { Call } from '../http/types.ts';
import { sendJson } from '../http/send.ts';
import { StatusError } from '../http/StatusError.ts';
import { isBuiltIn } from '../typeNames.ts';
import { checkObject } from './checkObject.ts';
import { mergePatch } from './mergePatch.ts';
import { readBody } from './readBody.ts';

const JSON_TYPE = 'application/json';
const MERGE_TYPE = 'application/merge-patch+json';
const STRATEGIC_TYPE = 'application/strategic-merge-patch+json';

function sendObject(
  { response, store }: Call,
  status: number,
  made: KubeObject,
) {
  const { namespace, name } = made.metadata;
  const type = store.typeOf(made);
  const version = store.getVersion(type, namespace, name);
  sendJson(response, status, version?.json ?? JSON.stringify(made));
}

function current({ store, target }: Call): KubeObject {
  const { type, namespace, name } = target;
  const object = store.get(type, namespace, name!);
  if (!object) {
    throw StatusError.notFound(type, name!);
  }
  return object;
}

export async function answerCreate(call: Call): Promise<void> {
  const { request, store, target } = call;
  const { type, namespace } = target;
  const { body } = await readBody(request, [JSON_TYPE]);
  const { metadata, ...rest } = (body ?? {}) as Partial<KubeObject>;
  const { uid, creationTimestamp, ...own } = { ...metadata };
  if (!own.name && typeof own.generateName === 'string') {
    own.name = `${own.generateName}${randomBytes(3).toString('hex')}`;
  }
  const object = checkObject({ ...rest, metadata: own }, target);
  if (type.namespaced) {
    const namespaces = store.typeOf({ apiVersion: 'v1', kind: 'Namespace' });
    if (!namespace) {
      throw StatusError.badRequest('the namespace of the object is missing');
    }
    if (!store.get(namespaces, undefined, namespace)) {
      throw StatusError.notFound(namespaces, namespace);
    }
  }
  if (store.get(type, namespace, object.metadata.name)) {
    throw StatusError.alreadyExists(type, object.metadata.name);
  }
  const { status, ...withoutStatus } = object;
  sendObject(call, 201, store.apply(type.statusless ? object : withoutStatus));
}

/** Takes over the status alone, or all but the status, as the URL says. */
function write(call: Call, next: KubeObject, before: KubeObject): void {
  const { store, target } = call;
  const { type, subresource } = target;
  const { resourceVersion, uid } = next.metadata;
  const name = target.name!;
  if (resourceVersion && resourceVersion !== before.metadata.resourceVersion) {
    throw StatusError.conflict(type, name);
  }
  if (uid && uid !== before.metadata.uid) {
    throw StatusError.conflict(
      type,
      name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`,
    );
  }
  const made =
    subresource === 'status'
      ? store.setStatus(before, next.status ?? {})
      : store.apply({
          ...next,
          status: type.statusless ? next.status : before.status,
        });
  sendObject(call, 200, made);
}

export async function answerUpdate(call: Call): Promise<void> {
  const { type } = call.target;
  const { body } = await readBody(call.request, [JSON_TYPE]);
  const next = checkObject(body, call.target);
  const before = current(call);
  if (!next.metadata.resourceVersion && !isBuiltIn(type)) {
    throw StatusError.invalid(
      type,
      next.metadata.name,
      'metadata.resourceVersion',
      'Invalid value: 0x0: must be specified for an update',
    );
  }
  write(call, next, before);
}

export async function answerPatch(call: Call): Promise<void> {
  const strategic = isBuiltIn(call.target.type) ? [STRATEGIC_TYPE] : [];
  const { type, body } = await readBody(call.request, [
    MERGE_TYPE,
    ...strategic,
  ]);
  const before = current(call);
  const next = mergePatch(before, body ?? {}, type === STRATEGIC_TYPE);
  const { metadata } = (body ?? {}) as Partial<KubeObject>;
  const checked = checkObject(next, call.target);
  if (metadata?.resourceVersion === undefined) {
    checked.metadata.resourceVersion = before.metadata.resourceVersion;
  }
  write(call, checked, before);
}

export async function answerDelete(call: Call): Promise<void> {
  const { request, response, store, target } = call;
  const { type, namespace } = target;
  const { body } = await readBody(request, [JSON_TYPE]);
  const before = current(call);
  const { name, uid, resourceVersion } = before.metadata;
  const wanted = (body?.preconditions ?? {}) as Record<string, string>;
  if (
    (wanted.uid ?? uid) !== uid ||
    (wanted.resourceVersion ?? resourceVersion) !== resourceVersion
  ) {
    throw StatusError.conflict(
      type,
      name,
      'Precondition failed: the object is another one by now',
    );
  }
  store.delete(type, namespace, name);
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, group: type.group || undefined, kind: type.plural, uid },
  };
  sendJson(response, 200, JSON.stringify(status));
}

/** Tells a client of a dry run that nothing here can be tried. */
export function refuseDryRun(query: URLSearchParams): void {
  if (query.has('dryRun')) {
    throw StatusError.badRequest(
      'dryRun is not supported by this server: nothing was written',
    );
  }
}
