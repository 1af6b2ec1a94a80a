/** Equal as JSON: an undefined field is an absent one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (!a || !b || typeof a !== 'object' || typeof b !== 'object') {
    return false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return (
    Object.keys(left).every(key => isSame(left[key], right[key])) &&
    Object.keys(right).every(
      key => right[key] === undefined || left[key] !== undefined,
    )
  );
}

/** Assigning to `__proto__` would set no field. */
export function setOwn(
  target: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    target[key] = value;
  }
}

/** A deeply frozen copy, without fields that are undefined. */
export function freezeCopy<T>(value: T): T {
  if (Array.isArray(value)) {
    return Object.freeze(value.map(item => freezeCopy(item))) as T;
  }
  if (value && typeof value === 'object') {
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) {
        setOwn(copy, key, freezeCopy(item));
      }
    }
    return Object.freeze(copy) as T;
  }
  return value;
}

/**
 * A frozen copy that takes over the parts of `before` that are the same, so
 * that the versions of an object share most of their memory.
 */
export function shareCopy<T extends object>(next: T, before?: T): T {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(next)) {
    if (value !== undefined) {
      const old = before?.[key as keyof T];
      const same = old !== undefined && isSame(old, value);
      setOwn(copy, key, same ? old : freezeCopy(value));
    }
  }
  return Object.freeze(copy) as T;
}
