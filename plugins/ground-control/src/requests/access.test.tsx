import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeAccessDetail, WISH } from '../__testUtils__/fixtureAccess';
import { makeVerdict } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';

const PAGE = '/releases/requests/REQ-1050';
const SUBJECT = 'ledger/ledger-api-0 → credit-bureau at gcp-prod-1';
const REMOVAL = 'Remove credit-bureau at gcp-prod-1';
const FILE = 'backbone-gateway/shuttle.yaml';

type Parameter = Parameters<typeof makeAccessDetail>;

async function show(ask?: Parameter[1], part?: Parameter[2], path = PAGE) {
  const api = new FixtureApi({ now: Date.now() });
  api.requestSet.put(makeAccessDetail(api.now, ask, part));
  const rendered = await renderReleases(path, { api });
  await screen.findAllByRole('heading', { level: 2 });
  return rendered;
}

const removal = { wish: { ...WISH, change: 'remove' as const } };

describe('the page of a request for access', () => {
  it('shows all that is needed to decide, and nothing of releases', async () => {
    const { container } = await show();
    expect(
      screen.getByRole('heading', { name: `Allow ${SUBJECT}?` }),
    ).toHaveFocus();
    const main = screen.getByRole('main');
    await within(main).findByText('Links that calls cross');
    for (const text of [
      `${SUBJECT}, called from aws-prod-1`,
      'Ana Ruiz asked 4 minutes ago',
      'Entry is new: passed',
      'aws-prod-1 → gcp-prod-1 Normal ≈24 ms',
      'http://credit-bureau-gcp-prod-1.backbone-gateway.svc.cluster.local',
      `In ${FILE}`,
      '- hostName: credit-bureau',
      'What changes in the file +4 −0',
      'Dee Park can decide.',
      'A lead of squad-ledger decides, whose entry it is.',
    ]) {
      expect(main).toHaveTextContent(text);
    }
    expect(main).not.toHaveTextContent(
      /undefined|commit|anifest|first release|Goes to|cluster carries|in the last hour/,
    );
    expect(document.title).toBe(`${SUBJECT} · Releases`);
    expect(
      await screen.findByRole('region', { name: `Difference of ${FILE}` }),
    ).toHaveTextContent('dnsName: credit-bureau.example.com');
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('approves it by its name', async () => {
    const { api } = await show();
    const decide = jest.spyOn(api, 'decideRequest');
    const approve = screen.getByRole('button', {
      name: `Approve access ${SUBJECT}`,
    });
    await userEvent.click(approve);
    expect(decide).toHaveBeenCalledWith('REQ-1050', {
      decision: 'approve',
      evidence: 'evidence-1',
      accepted: [],
    });
    expect(
      await screen.findByRole('heading', { name: 'Approved, being written' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { level: 2, name: SUBJECT }),
    ).toBeInTheDocument();
  });

  it('of a removal says who still uses it', async () => {
    const { container } = await show(removal, {
      verdicts: [makeVerdict('users', 'warning', { title: 'Still in use' })],
      access: {
        links: [],
        users: [
          {
            from: 'aws-prod-1',
            caller: { namespace: 'pay', name: 'pay-worker-1' },
            squad: 'group:default/pay',
            calls: true,
          },
        ],
        hiddenUsers: 1,
      },
    });
    expect(
      screen.getByRole('heading', { name: `${REMOVAL}?` }),
    ).toBeInTheDocument();
    const main = screen.getByRole('main');
    await within(main).findByText('Who still uses it');
    expect(main).toHaveTextContent(`${REMOVAL}, for ledger/ledger-api-0`);
    expect(main).toHaveTextContent('pay/pay-worker-1 calls it from aws-prod-1');
    expect(main).toHaveTextContent('1 more whom you may not see');
    expect(main).toHaveTextContent('What changes in the file +0 −4');
    expect(
      screen.getByRole('button', { name: `Approve removal ${REMOVAL}` }),
    ).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('follows it into each cluster that calls', async () => {
    const since = new Date().toISOString();
    const { container } = await show(
      { wish: { ...WISH, from: ['aws-prod-1', 'az-prod-1', 'az-prod-2'] } },
      {
        access: undefined,
        request: {
          state: 'committed',
          mayDecide: false,
          commit: { revision: '4f2c1aa'.padEnd(40, '0') },
          clusters: (['running', 'arrived', 'waiting'] as const).map(
            (state, i) => ({
              cluster: ['aws-prod-1', 'az-prod-1', 'az-prod-2'][i],
              state,
              since,
            }),
          ),
        },
        timeline: [
          { at: since, code: 'committed' },
          { at: since, code: 'cluster-arrived', cluster: 'az-prod-1' },
          { at: since, code: 'cluster-running', cluster: 'aws-prod-1' },
        ],
      },
    );
    expect(
      screen.getByText('Seen to answer in 1 of 3 clusters'),
    ).toBeInTheDocument();
    const lines = within(
      screen.getByRole('list', { name: 'Clusters' }),
    ).getAllByRole('listitem');
    expect(lines.map(line => line.textContent?.trim())).toEqual([
      'aws-prod-1 answers',
      'az-prod-1 there, not seen to answer yet',
      'az-prod-2 not there yet',
    ]);
    const timeline = screen.getByRole('list', { name: 'What happened' });
    expect(timeline).toHaveTextContent(
      'There, not seen to answer yet: az-prod-1',
    );
    expect(timeline).toHaveTextContent('Answers: aws-prod-1');
    const main = screen.getByRole('main');
    await within(main).findByText(`In ${FILE}`);
    expect(main).toHaveTextContent(
      'called from aws-prod-1, az-prod-1, and az-prod-2',
    );
    expect(screen.queryByText('Links that calls cross')).toBeNull();
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('of what nothing measures says no more than that it is there', async () => {
    const since = new Date().toISOString();
    const reason = 'nothing measures the link';
    const { container } = await show(
      { wish: { ...WISH, from: ['aws-prod-1', 'az-prod-1'] } },
      {
        access: undefined,
        request: {
          state: 'succeeded',
          code: 'mirrored-unmeasured',
          mayDecide: false,
          clusters: [
            { cluster: 'aws-prod-1', state: 'running', since },
            { cluster: 'az-prod-1', state: 'arrived', since, reason },
          ],
        },
        timeline: [{ at: since, code: 'mirrored-unmeasured' }],
      },
    );
    const heading = screen.getByRole('heading', {
      name: 'There, not measured',
    });
    const lines = within(
      screen.getByRole('list', { name: 'Clusters' }),
    ).getAllByRole('listitem');
    expect(lines.map(line => line.textContent?.trim())).toEqual([
      'aws-prod-1 answers',
      `az-prod-1 there, not measured${reason}`,
    ]);
    const glyphs = [heading, ...lines].map(one =>
      one.querySelector('svg')!.getAttribute('data-status'),
    );
    expect(glyphs).toEqual(['unknown', 'reconciled', 'unknown']);
    expect(screen.getByRole('main')).not.toHaveTextContent(
      /Done|not answering/,
    );
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('of a way in from outside of the mesh never says that it answers', async () => {
    const since = new Date().toISOString();
    await show(
      {
        wish: {
          ...WISH,
          kind: 'ingress',
          name: 'ledger-api-0',
          namespace: 'ledger',
          port: 80,
          from: [],
        },
      },
      {
        access: undefined,
        request: {
          state: 'succeeded',
          code: 'ingress-there',
          mayDecide: false,
          clusters: [{ cluster: 'gcp-prod-1', state: 'running', since }],
        },
        timeline: [
          { at: since, code: 'cluster-arrived', cluster: 'gcp-prod-1' },
          { at: since, code: 'cluster-running', cluster: 'gcp-prod-1' },
          { at: since, code: 'ingress-there', state: 'succeeded' },
        ],
      },
    );
    const main = screen.getByRole('main');
    for (const text of [
      'There, not measured',
      'There in 1 of 1 clusters',
      'gcp-prod-1 there',
      'There, not ready yet: gcp-prod-1',
      'There: gcp-prod-1',
      'nothing measures the way in',
    ]) {
      expect(main).toHaveTextContent(text);
    }
    expect(main).not.toHaveTextContent(/Done|[Aa]nswers/);
  });

  it('of a removal says where it is gone from', async () => {
    const since = new Date().toISOString();
    await show(removal, {
      access: undefined,
      request: {
        state: 'succeeded',
        clusters: [{ cluster: 'aws-prod-1', state: 'running', since }],
      },
      timeline: [
        { at: since, code: 'cluster-running', cluster: 'aws-prod-1' },
        { at: since, code: 'gone', state: 'succeeded' },
      ],
    });
    const main = screen.getByRole('main');
    expect(main).toHaveTextContent('Gone from 1 of 1 clusters');
    expect(main).toHaveTextContent('aws-prod-1 gone');
    expect(main).toHaveTextContent('Gone: aws-prod-1');
    expect(main).toHaveTextContent('Gone everywhere');
  });
});

describe('lists show requests for access', () => {
  it('among those that wait for me', async () => {
    const { container } = await show(
      undefined,
      undefined,
      '/releases/requests',
    );
    const review = await screen.findByRole('link', {
      name: `Review ${SUBJECT} REQ-1050`,
    });
    expect(review.closest('li')).toHaveTextContent('called from aws-prod-1');
    expect(review.closest('li')).toHaveTextContent('Entry is new');
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it.each([
    [undefined, 'access to credit-bureau at gcp-prod-1'],
    [removal, 'end of access to credit-bureau at gcp-prod-1'],
  ])('on the service’s page (%#)', async (ask, words) => {
    await show(ask, undefined, '/releases/services/ledger/ledger-api-0');
    const list = await screen.findByRole('list', {
      name: 'Requests that wait',
    });
    await waitFor(() => expect(list).toHaveTextContent(words));
    expect(
      within(list).getByRole('link', { name: 'Review REQ-1050' }),
    ).toHaveAttribute('href', PAGE);
  });
});
