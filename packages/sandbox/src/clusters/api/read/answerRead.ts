import type { Call } from '../http/types.ts';
import { StatusError } from '../http/StatusError.ts';
import { sendJson } from '../http/send.ts';
import { parseSelection } from '../select/parseSelection.ts';
import { apiVersionOf, isBuiltIn } from '../typeNames.ts';
import { formatTable, parseIncludeObject, wantsTable } from './formatTable.ts';
import { readPage } from './readPage.ts';

/** One object. */
export function answerGet({ request, response, target, query, store }: Call) {
  const { type, namespace, name } = target;
  const version = store.getVersion(type, namespace, name!);
  if (!version) {
    throw StatusError.notFound(type, name!);
  }
  if (!wantsTable(request.headers.accept)) {
    sendJson(response, 200, version.json);
    return;
  }
  const include = parseIncludeObject(query.get('includeObject'));
  const { resourceVersion } = version.object.metadata;
  const format = { type, include, now: store.now() };
  const table = formatTable([version.object], { resourceVersion }, format);
  sendJson(response, 200, JSON.stringify(table));
}

/** A list, or a page of it. */
export function answerList({ request, response, target, query, store }: Call) {
  const { type } = target;
  const page = readPage(store, parseSelection(target, query), query);
  const metadata = {
    resourceVersion: String(page.revision),
    continue: page.continue,
    remainingItemCount: page.remaining,
  };
  if (wantsTable(request.headers.accept)) {
    const include = parseIncludeObject(query.get('includeObject'));
    const format = { type, include, now: store.now() };
    const objects = page.items.map(({ object }) => object);
    const table = formatTable(objects, metadata, format);
    sendJson(response, 200, JSON.stringify(table));
    return;
  }
  const head = JSON.stringify({
    kind: `${type.kind}List`,
    apiVersion: apiVersionOf(type),
    metadata,
  });
  // Kubernetes names the kind of its own objects once, for all of the list.
  const items = page.items.map(item =>
    isBuiltIn(type) ? item.jsonWithoutKind : item.json,
  );
  sendJson(response, 200, `${head.slice(0, -1)},"items":[${items.join()}]}`);
}
