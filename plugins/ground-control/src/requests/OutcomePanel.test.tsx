import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { APPROVE, showRequest } from './__testUtils__/showRequest';

describe('OutcomePanel', () => {
  it('follows the clusters once it is written', async () => {
    const { api, signal } = await showRequest(
      {},
      '/releases/requests/REQ-1040',
    );
    const clusters = screen.getByRole('list', { name: 'Clusters' });
    expect(
      within(clusters)
        .getAllByRole('listitem')
        .map(item => item.textContent?.trim()),
    ).toEqual([
      'aws-prod-1 runs it',
      'az-prod-1 has the commit, not running yet',
      'gcp-prod-1 waits for the commit',
    ]);
    expect(screen.getByText('Runs in 1 of 3 clusters')).toBeInTheDocument();
    expect(screen.getByText('4f2c1aa')).toBeInTheDocument();
    const before = api.requestSet.read('REQ-1040');
    api.requestSet.put({
      ...before,
      request: {
        ...before.request,
        state: 'failed',
        message: 'az-prod-1 has not become healthy.',
        clusters: before.request.clusters.map(cluster => ({
          ...cluster,
          state: 'failed',
          reason: 'ImagePullBackOff',
        })),
      },
      timeline: [
        ...before.timeline,
        {
          at: new Date(api.now).toISOString(),
          code: 'cluster-failed',
          cluster: 'az-prod-1',
          message: 'ImagePullBackOff',
        },
        { at: new Date(api.now).toISOString(), code: 'never-heard-of' },
      ],
    });
    signal(1, 'requests');
    expect(
      await screen.findByRole('heading', { name: 'Failed' }),
    ).toBeInTheDocument();
    const timeline = screen.getByRole('list', { name: 'What happened' });
    expect(timeline).toHaveTextContent('Cluster failed: az-prod-1');
    expect(screen.queryByText(/nothing changed in prod/)).toBeNull();
    expect(timeline).toHaveTextContent('never-heard-of');
  });

  it.each([
    [{ state: 'superseded', supersededBy: 'REQ-1051' }, 'Replaced by REQ-1051'],
    [{ state: 'expired', message: 'Expired at 16:05.' }, 'Ask again'],
    [{ state: 'held', message: 'prod is frozen until Monday.' }, 'frozen'],
    [{ state: 'outdated', message: 'The artifact changed.' }, 'Ask again'],
    [{ state: 'succeeded' }, 'Done'],
    [
      { state: 'failed', message: 'A hook refused it.' },
      'Not released: nothing changed in prod.A hook refused it.',
    ],
  ] as const)('shows the end of %j', async (request, text) => {
    await showRequest({ request: { ...request, mayDecide: false } });
    expect(screen.getByRole('complementary')).toHaveTextContent(text);
    expect(screen.queryByRole('button', { name: APPROVE })).toBeNull();
  });

  const commits = (kind: 'commits' | 'builds' | 'unknown', total?: number) => ({
    kind,
    total,
    items: [],
  });
  it.each([
    [true, commits('commits', 3), 'It includes these 3 commits.'],
    [true, commits('builds', 1), 'It includes this 1 build.'],
    [true, commits('unknown'), 'It includes what was asked for here.'],
    [
      false,
      commits('commits', 3),
      'It does not include what was asked for here.',
    ],
    [undefined, commits('commits', 3), undefined],
  ])(
    'says of what took its place whether it includes it: %s, %j',
    async (supersededIncludes, changes, said) => {
      const request = {
        state: 'superseded' as const,
        supersededBy: 'REQ-1051',
        message: 'Replaced by REQ-1051.',
        mayDecide: false,
      };
      await showRequest({ request, changes, supersededIncludes });
      const aside = screen.getByRole('complementary');
      const text = aside.textContent!;
      expect(text.match(/Replaced by REQ-1051/g)).toHaveLength(1);
      expect(text.match(/It (?:includes|does not include)[^.]*\./)?.[0]).toBe(
        said,
      );
    },
  );

  const refused = (code: string) => ({
    allowed: false as const,
    code,
    message: 'Others may.',
  });
  it.each<[Permit, string | undefined, number]>([
    [{ allowed: true }, 'REQ-1042/override', 0],
    [refused('state'), undefined, 0],
    [refused('requester'), undefined, 1],
    [refused('not-a-lead'), undefined, 1],
  ])(
    'leads over what holds it after the approval, or says who may: %j',
    async (override, to, said) => {
      await showRequest({
        request: {
          state: 'held',
          message: 'prod is frozen.',
          mayDecide: false,
        },
        override,
      });
      const link = screen.queryByRole('link', { name: 'Release anyway…' });
      const [, , ...path] = link?.getAttribute('href')?.split('/') ?? [];
      expect(path.slice(-2).join('/') || undefined).toBe(to);
      expect(screen.queryAllByText('Others may.')).toHaveLength(said);
    },
  );

  it('asks again with one key, however often it is sent', async () => {
    const { api, address } = await showRequest({
      request: { state: 'expired', mayDecide: false },
    });
    const repeat = jest
      .spyOn(api, 'repeatRequest')
      .mockRejectedValueOnce(makeRefusal(400, 'The artifact is gone.'));
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    expect(
      await screen.findByText('The artifact is gone.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Ask again' }));
    await waitFor(() =>
      expect(address()).toMatch(/^\/releases\/requests\/REQ-11\d\d$/),
    );
    expect(repeat.mock.calls[0][1]).toBe(repeat.mock.calls[1][1]);
  });

  it('offers nobody to ask again who may not ask, and says why', async () => {
    const { api } = await showRequest({
      request: { state: 'expired', mayDecide: false },
      repeat: {
        allowed: false,
        code: 'permission',
        message: 'You may not ask for releases of it.',
      },
    });
    const repeat = jest.spyOn(api, 'repeatRequest');
    const button = screen.getByRole('button', { name: 'Ask again' });
    expect(button).toHaveAccessibleDescription(
      'You may not ask for releases of it.',
    );
    await userEvent.click(button);
    expect(repeat).not.toHaveBeenCalled();
  });
});
