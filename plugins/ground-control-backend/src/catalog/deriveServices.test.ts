import fc from 'fast-check';
import { deriveServices, ServiceFacts } from './deriveServices';
import { CatalogComponent, KnownService } from './types';

const released = (
  name: string,
  namespace = 'pay',
  artifactSquad?: string,
): KnownService => ({ name, namespace, released: true, artifactSquad });

const component = (
  ref: string,
  service: string,
  options: Partial<CatalogComponent> = {},
): CatalogComponent => ({
  entityRef: `component:${ref}`,
  service,
  ownerRef: 'group:default/a',
  ...options,
});

function derive(facts: Partial<ServiceFacts>) {
  const { services, ambiguities } = deriveServices({
    known: [],
    components: [],
    squadRefs: ['group:default/a', 'group:default/b'],
    ...facts,
  });
  return {
    services: Object.fromEntries(
      services.map(service => [
        `${service.namespace}/${service.name}`,
        service,
      ]),
    ),
    ambiguous: ambiguities.map(a => `${a.namespace}/${a.name}`),
  };
}

describe('deriveServices', () => {
  it('joins by name what both know', () => {
    const { services, ambiguous } = derive({
      known: [released('x', 'pay', 'a')],
      components: [component('default/x', 'x')],
    });
    expect(services).toEqual({
      'pay/x': {
        namespace: 'pay',
        name: 'x',
        squadRef: 'group:default/a',
        squadSource: 'catalog',
        entityRef: 'component:default/x',
        inRepository: true,
        inCatalog: true,
      },
    });
    expect(ambiguous).toEqual([]);
  });

  it('keeps apart what only one of them knows', () => {
    const { services } = derive({
      known: [
        released('x', ''),
        { name: 'built', namespace: '', released: false },
      ],
      components: [
        component('default/y', 'y'),
        component('default/z', 'z', { namespace: 'core' }),
      ],
    });
    expect(
      Object.entries(services).map(([key, s]) => [
        key,
        s.inRepository,
        s.inCatalog,
      ]),
    ).toEqual([
      ['/x', true, false],
      ['/built', false, false],
      ['/y', false, true],
      ['core/z', false, true],
    ]);
  });

  it.each([
    ['the owner', 'group:default/a', 'b', 'group:default/a', 'catalog'],
    [
      'the artifact’s, without owner',
      undefined,
      'b',
      'group:default/b',
      'artifact',
    ],
    [
      'the artifact’s, of a person',
      'user:default/p',
      'B',
      'group:default/b',
      'artifact',
    ],
    [
      'a Group of that name elsewhere',
      undefined,
      'far',
      'group:other/far',
      'artifact',
    ],
    [
      'a squad that no Group is',
      undefined,
      'gone',
      'group:default/gone',
      'artifact',
    ],
    [
      'the default one of two Groups',
      undefined,
      'two',
      'group:default/two',
      'artifact',
    ],
    ['none', undefined, undefined, undefined, 'none'],
    [
      'none for what no Group can be named',
      undefined,
      '../../x',
      undefined,
      'none',
    ],
    ['none for text', undefined, 'a\nb', undefined, 'none'],
  ])('gives a service %s', (_, ownerRef, artifactSquad, squadRef, source) => {
    const { services } = derive({
      known: [released('x', 'pay', artifactSquad)],
      components: [component('default/x', 'x', { ownerRef })],
      squadRefs: [
        'group:a-first/two',
        'group:default/two',
        'group:default/a',
        'group:other/far',
      ],
    });
    expect(services['pay/x'].squadRef).toBe(squadRef);
    expect(services['pay/x'].squadSource).toBe(source);
  });

  it('tells when the artifact names another squad than the catalog', () => {
    const { services } = derive({
      known: [released('x', 'pay', 'b'), released('y', 'pay', 'A')],
      components: [component('default/x', 'x'), component('default/y', 'y')],
    });
    expect(services['pay/x'].artifactSquadRef).toBe('group:default/b');
    expect(services['pay/y'].artifactSquadRef).toBeUndefined();
  });

  it('takes the more exact of two claims, and says so', () => {
    const exact = component('default/other', 'x', { namespace: 'pay' });
    const annotated = component('default/named', 'x');
    const named = component('default/x', 'x');
    for (const [components, winner] of [
      [[named, annotated, exact], exact],
      [[named, annotated], annotated],
      [[component('team/x', 'x'), named], named],
    ] as const) {
      const found = derive({
        known: [released('x')],
        components: [...components],
      });
      expect(found.services['pay/x'].entityRef).toBe(winner.entityRef);
      expect(found.ambiguous).toEqual(['pay/x']);
    }
  });

  it('tells two services of one name apart by namespace', () => {
    const known = [released('x', 'one'), released('x', 'two')];
    const clear = derive({
      known,
      components: [
        component('default/a', 'x', { namespace: 'one' }),
        component('default/x', 'x'),
      ],
    });
    expect(clear.services['one/x'].entityRef).toBe('component:default/a');
    expect(clear.services['two/x'].entityRef).toBe('component:default/x');
    expect(clear.ambiguous).toEqual([]);
    const unclear = derive({
      known,
      components: [component('default/x', 'x')],
    });
    expect(unclear.services['one/x'].inCatalog).toBe(true);
    expect(unclear.services['two/x'].inCatalog).toBe(false);
    expect(unclear.ambiguous).toEqual(['one/x']);
  });

  it('prefers what is released over what is only built', () => {
    const { services, ambiguous } = derive({
      known: [
        { name: 'x', namespace: 'a-built', released: false },
        released('x', 'pay'),
      ],
      components: [component('default/x', 'x', {})],
    });
    expect(services['pay/x'].inCatalog).toBe(true);
    expect(ambiguous).toEqual(['pay/x']);
  });

  const names = fc.constantFrom('x', 'y', 'z');
  const namespaces = fc.constantFrom('', 'one', 'two');
  const facts = fc.record({
    known: fc.uniqueArray(
      fc.record({
        name: names,
        namespace: namespaces,
        released: fc.boolean(),
        artifactSquad: fc.constantFrom(undefined, 'a', 'b'),
      }),
      { selector: s => `${s.namespace}/${s.name}`, maxLength: 9 },
    ),
    components: fc.uniqueArray(
      fc.record({
        entityRef: fc.constantFrom(
          ...['a', 'b', 'x', 'y', 'z'].map(n => `component:default/${n}`),
        ),
        service: names,
        namespace: fc.constantFrom(undefined, 'one', 'two'),
        ownerRef: fc.constantFrom(undefined, 'group:default/a'),
      }),
      { selector: c => c.entityRef },
    ),
    squadRefs: fc.constant(['group:default/a']),
  });
  const sorted = (items: unknown[]) =>
    items.map(item => JSON.stringify(item)).sort();

  it('derives names one by one as it derives all together', () => {
    fc.assert(
      fc.property(facts, all => {
        const together = deriveServices(all);
        const apart = ['x', 'y', 'z'].map(name =>
          deriveServices({
            ...all,
            known: all.known.filter(s => s.name === name),
            components: all.components.filter(c => c.service === name),
          }),
        );
        expect(sorted(apart.flatMap(a => a.services))).toEqual(
          sorted(together.services),
        );
        expect(sorted(apart.flatMap(a => a.ambiguities))).toEqual(
          sorted(together.ambiguities),
        );
      }),
    );
  });

  it('keeps every known service, and gives no Component twice', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (all, random) => {
        const { services } = deriveServices(all);
        const keys = services.map(s => `${s.namespace}/${s.name}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys).toEqual(
          expect.arrayContaining(
            all.known.map(s => `${s.namespace}/${s.name}`),
          ),
        );
        const refs = services.flatMap(s => s.entityRef ?? []);
        expect(new Set(refs).size).toBe(refs.length);
        // The order of rows decides nothing.
        const shuffle = <T>(items: T[]) =>
          items
            .map(item => [random.next().value, item] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, item]) => item);
        const again = deriveServices({
          ...all,
          known: shuffle(all.known),
          components: shuffle(all.components),
        });
        expect(sorted(again.services)).toEqual(sorted(services));
      }),
    );
  });
});
