import fc from 'fast-check';
import { AccessForm, formatAccessForm, parseAccessForm } from './accessForm';
import { adoptEntry } from './adoptEntry';
import { OUTSIDE } from './decideWish';

const text = fc.string({ minLength: 1 });

const forms: fc.Arbitrary<AccessForm> = fc.record(
  {
    remove: text,
    service: text,
    kind: fc.constantFrom('target' as const, 'ingress' as const),
    name: text,
    namespace: text,
    port: text,
    dnsName: text,
    cluster: text,
    from: fc.oneof(
      fc.constant<string[]>([OUTSIDE]),
      fc.array(text, { minLength: 1, maxLength: 3 }),
    ),
  },
  { requiredKeys: [] },
);

describe('accessForm', () => {
  it('reads what it writes, and keeps what is not its own', () => {
    fc.assert(
      fc.property(forms, form => {
        const params = formatAccessForm(form, new URLSearchParams('squad=all'));
        expect(params.get('squad')).toBe('all');
        const again = new URLSearchParams(params.toString());
        expect(parseAccessForm(again)).toEqual(form);
        expect(formatAccessForm(undefined, again).toString()).toBe('squad=all');
      }),
    );
  });

  it('leaves a kind out that there isn’t', () => {
    const params = new URLSearchParams('ask=1&kind=planet');
    expect(parseAccessForm(params)).toEqual({});
  });
});

describe('adoptEntry', () => {
  const entry = {
    kind: 'ingress' as const,
    name: 'rates',
    namespace: 'fx',
    cluster: 'az-1',
    dnsName: null,
    port: 8080,
    links: [],
  };
  const links = [
    {
      from: 'aws-1',
      to: 'az-1',
      state: 'normal' as const,
      valueMs: 2,
      approximate: false,
    },
  ];
  const address = (part: Partial<Parameters<typeof adoptEntry>[0]>) =>
    formatAccessForm(adoptEntry({ ...entry, ...part })).toString();

  it.each([
    [
      {},
      'ask=1&name=rates&namespace=fx&port=8080&cluster=az-1&kind=ingress&outside=1',
    ],
    [
      { links, port: null },
      'ask=1&name=rates&namespace=fx&cluster=az-1&kind=ingress&from=aws-1',
    ],
    [
      { kind: 'target' as const, dnsName: 'rates.example', port: null, links },
      'ask=1&name=rates&dnsName=rates.example&cluster=az-1&kind=target&from=aws-1',
    ],
    [
      { kind: 'target' as const, port: null },
      'ask=1&name=rates&cluster=az-1&kind=target',
    ],
  ])('asks for %j as it is there', (part, expected) => {
    expect(address(part)).toBe(expected);
  });
});
