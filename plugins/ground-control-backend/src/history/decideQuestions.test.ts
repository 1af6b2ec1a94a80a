import { decideQuestions } from './decideQuestions';
import { Cell, ServiceFacts } from './types';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const cell = (
  environment: string,
  commit: string | null,
  counted?: [string, string],
): Cell => ({
  environment,
  commit,
  countedFrom: counted?.[0] ?? null,
  countedTo: counted?.[1] ?? null,
});
const facts = (more: Partial<ServiceFacts>): ServiceFacts => ({
  namespace: '',
  service: 'a',
  builds: [],
  cells: [],
  hasProblems: false,
  ...more,
});
const decide = (more: Partial<ServiceFacts>, manner = ['master']) =>
  decideQuestions(facts(more), ENVIRONMENTS, manner);
const builds = [
  { artifactId: 'one', commit: 'a1', branch: 'master', builtAt: 1 },
];

describe('decideQuestions', () => {
  it('asks nothing of a service without builds and releases', () => {
    expect(decide({})).toBeUndefined();
    expect(decide({ cells: [cell('prod', 'a1')] })).toBeUndefined();
  });

  it('places builds once, until they or the manner are others', () => {
    const first = decide({ builds })!;
    expect(first).toMatchObject({ place: true, pairs: [] });
    const { digest } = first;
    expect(decide({ builds, digest })).toBeUndefined();
    const rebuilt = [{ ...builds[0], branch: 'main' }];
    expect(decide({ builds: rebuilt, digest })).toMatchObject({ place: true });
    expect(decide({ builds, digest }, ['main'])).toMatchObject({ place: true });
    expect(decide({ builds: [], digest })).toMatchObject({ place: true });
  });

  it.each<[string, Cell[], object[]]>([
    [
      'what was never counted',
      [cell('dev', 'd'), cell('staging', 's'), cell('prod', 'p')],
      [
        { environment: 'staging', from: 's', to: 'd' },
        { environment: 'prod', from: 'p', to: 's' },
      ],
    ],
    [
      'what was counted for another release',
      [
        cell('dev', 'd2'),
        cell('staging', 's', ['s', 'd1']),
        cell('prod', 'p', ['p', 's']),
      ],
      [{ environment: 'staging', from: 's', to: 'd2' }],
    ],
    [
      'over an environment that the service skips',
      [cell('dev', 'd'), cell('prod', 'p')],
      [{ environment: 'prod', from: 'p', to: 'd' }],
    ],
    [
      'nothing from one whose commit isn’t known, and not from one before it',
      [cell('dev', 'd'), cell('staging', null), cell('prod', 'p')],
      [],
    ],
    ['nothing without a commit', [cell('dev', null), cell('staging', 's')], []],
    [
      'nothing of an environment that isn’t configured',
      [cell('dev', 'd'), cell('lab', 'l')],
      [],
    ],
  ])('counts %s', (_, cells, pairs) => {
    expect(decide({ cells })?.pairs ?? []).toEqual(pairs);
  });

  it('gives other questions another signature', () => {
    const cells = [cell('dev', 'd'), cell('staging', 's')];
    const { signature } = decide({ builds, cells })!;
    expect(decide({ builds, cells })!.signature).toBe(signature);
    cells[0] = cell('dev', 'e');
    expect(decide({ builds, cells })!.signature).not.toBe(signature);
  });
});
