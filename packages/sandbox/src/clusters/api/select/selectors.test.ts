import fc from 'fast-check';
import type { KubeObject } from '../../types.ts';
import { RESOURCE_TYPES } from '../resourceTypes.ts';
import {
  formatFieldSelector,
  matchesFields,
  parseFieldSelector,
} from './parseFieldSelector.ts';
import {
  formatLabelSelector,
  matchesLabels,
  parseLabelSelector,
} from './parseLabelSelector.ts';
import type { LabelRequirement } from './parseLabelSelector.ts';

// Few of each, so that requirements and labels often meet; some are operators.
const keys = fc.constantFrom('a', 'in', 'notin', 'example.com/squad', 'A_b.c');
const values = fc.constantFrom('', 'a', 'in', '1.2-x', 'V');
const requirements = fc.array(
  fc.oneof(
    fc.record({
      key: keys,
      operator: fc.constantFrom<'in' | 'notin'>('in', 'notin'),
      values: fc.array(values, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      key: keys,
      operator: fc.constantFrom<'exists' | '!'>('exists', '!'),
      values: fc.constant<string[]>([]),
    }),
  ),
  { maxLength: 4 },
);

function matchesByDefinition(
  list: LabelRequirement[],
  labels: Record<string, string>,
): boolean {
  return list.every(({ key, operator, values: wanted }) => {
    const has = Object.keys(labels).includes(key);
    const isIn = has && wanted.some(value => value === labels[key]);
    return { in: isIn, notin: !isIn, exists: has, '!': !has }[operator];
  });
}

describe('label selectors', () => {
  it('are read as they were written, and select by their definition', () => {
    fc.assert(
      fc.property(requirements, fc.dictionary(keys, values), (list, labels) => {
        const parsed = parseLabelSelector(formatLabelSelector(list));
        expect(parsed).toEqual(list);
        expect(matchesLabels(parsed, labels)).toBe(
          matchesByDefinition(list, labels),
        );
      }),
    );
  });

  it.each([
    ['a=b', { a: 'b' }, true],
    ['a==b', { a: 'c' }, false],
    ['a = b , c!=d', { a: 'b' }, true],
    ['a!=b', { a: 'b' }, false],
    ['a!=b', {}, true],
    ['a=', { a: '' }, true],
    ['a in ( b, c ),!d', { a: 'c' }, true],
    ['a notin (b)', {}, true],
    ['! a', { a: '' }, false],
    ['', { a: 'b' }, true],
    // Not a property of every object.
    ['constructor', {}, false],
    ['constructor', undefined, false],
  ] as [string, Record<string, string> | undefined, boolean][])(
    '%s of %j is %s',
    (text, labels, expected) => {
      expect(matchesLabels(parseLabelSelector(text), labels)).toBe(expected);
    },
  );

  it.each([
    'a in',
    'a in (b',
    '=b',
    'a,',
    'a=b,,c',
    '!a=b',
    'a b',
    '-a',
    'a=/',
  ])('refuses %s', text => {
    expect(() => parseLabelSelector(text)).toThrow();
  });

  it('never takes anything but an Error as the way out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        let thrown: Error | undefined;
        try {
          parseLabelSelector(text);
        } catch (error) {
          thrown = error as Error;
        }
        expect(thrown?.message ?? 'found').toMatch(/found|Invalid value/);
      }),
    );
  });
});

describe('field selectors', () => {
  const events = RESOURCE_TYPES.find(({ plural }) => plural === 'events')!;
  const pods = RESOURCE_TYPES.find(({ plural }) => plural === 'pods')!;
  const fields = fc.constantFrom(
    'metadata.name',
    'metadata.namespace',
    'involvedObject.kind',
    'involvedObject.name',
  );

  function event(name: string, kind: string): KubeObject {
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace: 'a' },
      involvedObject: { kind, name: 'a' },
    };
  }

  it('are read as they were written, whatever the values', () => {
    const list = fc.array(
      fc.record({ field: fields, equal: fc.boolean(), value: fc.string() }),
    );
    fc.assert(
      fc.property(list, written => {
        const text = formatFieldSelector(written);
        expect(parseFieldSelector(text, events)).toEqual(written);
      }),
    );
  });

  it('select', () => {
    const select = (text: string) =>
      [event('one', 'Kustomization'), event('two', 'Node')]
        .filter(object =>
          matchesFields(parseFieldSelector(text, events), object),
        )
        .map(({ metadata }) => metadata.name);
    expect(select('involvedObject.kind=Kustomization')).toEqual(['one']);
    expect(select('involvedObject.kind!=Kustomization')).toEqual(['two']);
    expect(select('metadata.namespace==a,metadata.name=two')).toEqual(['two']);
    expect(select('metadata.name=')).toEqual([]);
    expect(select('involvedObject.uid=')).toEqual(['one', 'two']);
  });

  it('knows the fields of a kind alone', () => {
    expect(parseFieldSelector('spec.nodeName=a', pods)).toHaveLength(1);
    expect(() => parseFieldSelector('spec.nodeName=a', events)).toThrow(
      'field label not supported: spec.nodeName',
    );
    expect(() => parseFieldSelector('metadata.name', events)).toThrow(
      "can't understand 'metadata.name'",
    );
  });
});
