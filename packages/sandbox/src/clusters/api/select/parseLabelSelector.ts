/** A requirement on the labels of an object. */
export interface LabelRequirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | '!';
  values: string[];
}

const KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const EXPRESSION =
  /^\s*(?:(?<absent>!)\s*)?(?<key>[^\s=!(),]+)\s*(?:(?<equality>==|=|!=)\s*(?<value>[^\s=!(),]*)|(?<set>in|notin)\s*\((?<values>[^()]*)\))?\s*(?:,|$)/;

/**
 * Parses what `kubectl -l` takes: `a=b`, `a==b`, `a!=b`, `a in (b,c)`,
 * `a notin (b,c)`, `a`, `!a`, joined by commas.
 *
 * @throws an Error that says what isn't a selector
 */
export function parseLabelSelector(text: string): LabelRequirement[] {
  const requirements: LabelRequirement[] = [];
  let rest = text;
  while (rest.trim()) {
    const match = EXPRESSION.exec(rest);
    const { absent, key, equality, value, set, values } = match?.groups ?? {};
    if (!match || (absent && (equality || set))) {
      throw new Error(`found '${rest.trim()}', expected a requirement`);
    }
    const operator = absent ? '!' : ((set ?? 'exists') as 'in');
    const list = (values ?? '').split(',').map(item => item.trim());
    const requirement: LabelRequirement = equality
      ? { key, operator: equality === '!=' ? 'notin' : 'in', values: [value] }
      : { key, operator, values: set ? list : [] };
    if (!KEY.test(key)) {
      throw new Error(`key: Invalid value: "${key}": not a label's name`);
    }
    const wrong = requirement.values.find(item => !VALUE.test(item));
    if (wrong !== undefined) {
      throw new Error(`values[0][${key}]: Invalid value: "${wrong}"`);
    }
    requirements.push(requirement);
    const taken = match[0];
    rest = rest.slice(taken.length);
    if (taken.endsWith(',') && !rest.trim()) {
      throw new Error('found the end, expected a requirement after the comma');
    }
  }
  return requirements;
}

export function formatLabelSelector(requirements: LabelRequirement[]): string {
  return requirements
    .map(({ key, operator, values }) => {
      switch (operator) {
        case 'exists':
          return key;
        case '!':
          return `!${key}`;
        default:
          return `${key} ${operator} (${values.join(',')})`;
      }
    })
    .join(',');
}

function isMet(
  { key, operator, values }: LabelRequirement,
  labels: Record<string, string>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'in':
      return value !== undefined && values.includes(value);
    default:
      return value === undefined || !values.includes(value);
  }
}

export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Record<string, string> | undefined,
): boolean {
  return requirements.every(requirement => isMet(requirement, labels ?? {}));
}
