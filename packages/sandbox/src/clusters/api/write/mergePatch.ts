import { setOwn } from '../store/share.ts';

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return Boolean(value) && typeof value === 'object' && !Array.isArray(value);
}

function isNamed(value: unknown): value is (Fields & { name: string })[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(item => isFields(item) && typeof item.name === 'string')
  );
}

/** Lists whose items have names are merged by them, as containers are. */
function mergeNamed(target: unknown, patch: (Fields & { name: string })[]) {
  const merged: Fields[] = isNamed(target) ? [...target] : [];
  for (const { $patch, ...item } of patch) {
    const index = merged.findIndex(({ name }) => name === item.name);
    if ($patch === 'delete') {
      merged.splice(index, index < 0 ? 0 : 1);
    } else if (index < 0) {
      merged.push(item);
    } else {
      merged[index] = mergePatch(merged[index], item, true) as Fields;
    }
  }
  return merged;
}

/**
 * JSON Merge Patch (RFC 7396). `strategic` adds what kubectl relies on most of
 * Kubernetes' own: lists of named items are merged, and directives left out.
 */
export function mergePatch(
  target: unknown,
  patch: unknown,
  strategic = false,
): unknown {
  if (strategic && isNamed(patch)) {
    return mergeNamed(target, patch);
  }
  if (!isFields(patch)) {
    return patch;
  }
  const merged: Fields = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (strategic && key.startsWith('$')) {
      continue;
    }
    if (value === null) {
      delete merged[key];
    } else {
      const own = Object.hasOwn(merged, key) ? merged[key] : undefined;
      setOwn(merged, key, mergePatch(own, value, strategic));
    }
  }
  return merged;
}
