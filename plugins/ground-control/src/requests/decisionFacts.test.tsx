import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AutoReleasePause,
  RequestChanges,
  RequestReach,
} from '@ground-control/backstage-plugin-ground-control-common';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeDetail } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';
import { makeRelease } from '../ask/__testUtils__/AskFixtureApi';

type Part = Parameters<typeof makeDetail>[1];

const REACH: RequestReach = {
  callers: [
    { namespace: 'fx', name: 'fx-api' },
    { namespace: 'cards', name: 'card-api' },
  ],
  totalCallers: 14,
  hiddenCallers: 11,
  declared: 12,
  observed: 3,
  pods: { ready: 5, desired: 6, clusters: 2 },
};

async function show(part: Part, change?: (api: FixtureApi) => void) {
  const api = new FixtureApi({ now: Date.now() });
  api.requestSet.put(makeDetail(api.now, part));
  change?.(api);
  await renderReleases('/releases/requests/REQ-1042', { api });
  await screen.findByRole('heading', { level: 2 });
  return api;
}

describe('Facts to decide by', () => {
  it('are who calls it by which source, and the pods that run', async () => {
    await show({ reach: REACH });
    const aside = screen.getByRole('complementary');
    expect(aside).toHaveTextContent(
      'Now 5 of 6 pods are ready in 2 of 3 clusters.',
    );
    const summary = screen.getByText(
      '14 services call it: 12 declared in the catalog, 3 seen over links.',
    );
    await userEvent.click(summary);
    const details = summary.closest('details')!;
    expect(details.open).toBe(true);
    expect(details).toHaveTextContent(
      'fx/fx-api and cards/card-api And 1 more. 11 of them are hidden from you.',
    );
    await expectAccessible(screen.getByRole('main'));
  });

  it.each<[Partial<RequestReach>, string]>([
    [
      { declared: null, observed: null, observedMissing: 'Not configured' },
      'Who calls it isn’t known: the catalog doesn’t have it, calls over links aren’t counted. Not configured',
    ],
    [
      { declared: 0, observed: null, observedMissing: 'Not configured' },
      'No caller is known: 0 declared in the catalog, calls over links aren’t counted.',
    ],
    [
      { declared: 0, observed: 0 },
      'No caller is known: 0 declared in the catalog, 0 seen over links.',
    ],
    [
      { totalCallers: 1, declared: null, observed: 1, observedMissing: 'x' },
      '1 service calls it: the catalog doesn’t have it, at least 1 seen over links.',
    ],
  ])('are no nought where it isn’t known: %j', async (part, text) => {
    const callers = { callers: [], hiddenCallers: 0, totalCallers: 0 };
    await show({ reach: { ...REACH, ...callers, pods: null, ...part } });
    const words = screen.getByRole('complementary').textContent;
    expect(words?.replace(/\s+/g, ' ')).toContain(text);
    expect(words).toContain('How many pods run now isn’t known.');
  });

  it.each<[AutoReleasePause, string]>([
    [
      { hours: 24 },
      'Once approved, nothing is released to prod by itself for 24 hours.',
    ],
    [
      { hours: 1 },
      'Once approved, nothing is released to prod by itself for 1 hour.',
    ],
    [
      { hours: 24, until: '2099-11-24T08:51:00Z', fault: 'It’s broken.' },
      'Auto-release to prod is to be paused until Nov 24, 2099, 08:51 UTC, and isn’t yet: It’s broken.',
    ],
    [
      { hours: 24, until: '2099-11-24T08:51:00Z' },
      'Auto-release to prod is paused until Nov 24, 2099, 08:51 UTC.',
    ],
    [
      { hours: 24, until: '2001-11-24T08:51:00Z', fault: 'It’s broken.' },
      'Auto-release to prod was paused until Nov 24, 2001, 08:51 UTC, and isn’t back: It’s broken.',
    ],
    [
      { hours: 24, until: '2001-11-24T08:51:00Z' },
      'Auto-release to prod was paused until Nov 24, 2001, 08:51 UTC.',
    ],
  ])('are how long nothing is released by itself: %j', async (pause, text) => {
    await show({ autoReleasePause: pause });
    const words = screen.getByRole('main').textContent;
    expect(words?.replace(/\s+/g, ' ')).toContain(text);
  });

  it('are no pause of a rollback that wasn’t approved', async () => {
    await show({
      autoReleasePause: { hours: 24 },
      request: { state: 'rejected' },
    });
    expect(screen.queryByText(/by itself/)).toBeNull();
  });

  it('are releases of callers and callees, marked in words', async () => {
    const now = Date.now();
    await show({
      others: (['fx-api', 'card-api', 'other'] as const).map((name, i) => ({
        ...makeRelease(i + 1, 'prod', now),
        service: { namespace: 'x', name },
        relations: [['caller' as const], ['callee' as const], []][i],
      })),
    });
    const panel = screen
      .getByRole('heading', { name: /^Other releases to prod/ })
      .closest('section')!;
    const [caller, callee, other] = within(panel).getAllByRole('listitem');
    expect(caller).toHaveTextContent('fx-api calls ledger-api-0');
    expect(callee).toHaveTextContent('card-api called by ledger-api-0');
    expect(other).not.toHaveTextContent('ledger-api-0');
  });

  it('are whose changes they are, where who asks or reads wrote some', async () => {
    const { changes } = makeDetail(0);
    const items = [...changes.items, { author: 'Guest' }];
    await show({ changes: { kind: 'commits', total: 4, items } });
    const heading = screen.getByRole('heading', {
      name: '4 commits, 3 authors',
    });
    await waitFor(() =>
      expect(heading.nextSibling).toHaveTextContent(
        '2 of 4 by Ana Ruiz, who asks. You wrote 1 of these.',
      ),
    );
  });

  it('are what is approved and not released yet, each with its request', async () => {
    const now = Date.now();
    const waits = {
      artifactId: 'master-1111111111-2222222222',
      since: new Date(now).toISOString(),
    };
    await show({
      otherRequests: [
        {
          ...waits,
          id: 'REQ-7',
          service: { namespace: 'ledger', name: 'ledger-api-0' },
          state: 'approved',
          relations: [],
        },
        {
          ...waits,
          id: 'REQ-5',
          service: { namespace: 'x', name: 'fx-api' },
          state: 'held',
          relations: ['caller', 'callee'],
        },
      ],
      others: [{ ...makeRelease(1, 'prod', now), relations: [] }],
    });
    const panel = screen
      .getByRole('heading', { name: /^Other releases to prod/ })
      .closest('section')!;
    const [own, held, released] = within(panel).getAllByRole('listitem');
    expect(own).toHaveTextContent(
      /^ledger-api-0 1111111 Approved, being written REQ-7$/,
    );
    expect(held).toHaveTextContent(
      /^fx-api calls ledger-api-0, called by ledger-api-0, 1111111 Approved, but held REQ-5$/,
    );
    const link = within(held).getByRole('link', {
      name: /^Approved, but held/,
    });
    expect(link).toHaveAttribute('href', '/releases/requests/REQ-5');
    expect(within(released).queryByRole('link')).toBeNull();
    await expectAccessible(screen.getByRole('main'));
  });

  it('are both commits and where they are compared, where none between are told', async () => {
    const changes: RequestChanges = {
      kind: 'unknown',
      items: [],
      message: 'No history.',
      compare: {
        from: 'a'.repeat(40),
        to: 'b'.repeat(40),
        url: 'https://git.example/compare/a...b',
      },
    };
    await show({ changes });
    expect(
      screen.getByRole('link', { name: /^Compare aaaaaaa…bbbbbbb/ }),
    ).toHaveAttribute('href', 'https://git.example/compare/a...b');
  });

  it('are both commits alone where no page compares them', async () => {
    const compare = { from: 'a'.repeat(40), to: 'b'.repeat(40) };
    await show({ changes: { kind: 'builds', items: [], total: 0, compare } });
    expect(screen.getByText('aaaaaaa…bbbbbbb')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /^Compare/ })).toBeNull();
  });

  it('are what matters of the difference, with labels of the build folded', async () => {
    await show({}, api => {
      const [file] = api.requestSet.diff.files;
      api.requestSet.diff = {
        ...api.requestSet.diff,
        files: [file, { ...file, path: 'labels.yaml', noise: true }],
        highlights: [
          { kind: 'migration', name: 'Job schema', change: 'same' },
          {
            kind: 'replicas',
            name: 'ledger-api',
            change: 'modified',
            before: '2',
            after: '3',
          },
          { kind: 'env', name: 'LEVEL', change: 'added' },
        ],
      };
    });
    const list = await screen.findByRole('list', { name: 'What changes' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(item => item.textContent!.trim()),
    ).toEqual([
      'migration Job schema as before',
      'replicas ledger-api 2 → 3',
      'variable LEVEL added',
    ]);
    const folds = ['40-deployment.yaml', 'labels.yaml'].map(
      path => screen.getByText(path).closest('details')!.open,
    );
    expect(folds).toEqual([true, false]);
    expect(screen.getByText('labels of the build alone')).toBeInTheDocument();
  });
});
