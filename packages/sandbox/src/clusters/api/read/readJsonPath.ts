const STEP = /\.((?:\\.|[^.[\\])+)|\[\?\(@\.(\w+)=="([^"]*)"\)\]|\[(\d+)\]/gy;

/** Reads `.a.b[0].c[?(@.type=="x")].d`: what columns of kinds use of JSONPath. */
export function readJsonPath(object: unknown, path: string): unknown {
  let value: unknown = object;
  for (const [, field, key, wanted, index] of path.matchAll(STEP)) {
    if (field !== undefined) {
      const name = field.replace(/\\(.)/g, '$1');
      value = (value as Record<string, unknown> | undefined)?.[name];
    } else if (!Array.isArray(value)) {
      return undefined;
    } else {
      value =
        index === undefined
          ? value.find(item => item?.[key] === wanted)
          : value[Number(index)];
    }
  }
  return value;
}
