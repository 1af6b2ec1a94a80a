import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Permit } from '@ground-control/backstage-plugin-ground-control-common';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { makeDetail, makeVerdict } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';

const PAGE = '/releases/requests/REQ-1042';
const APPROVE = /^Approve release/;

type Part = Parameters<typeof makeDetail>[1];

async function show(part: Part = {}, path = PAGE) {
  const api = new FixtureApi({ now: Date.now() });
  api.requestSet.put(makeDetail(api.now, part));
  const decide = jest.spyOn(api, 'decideRequest');
  const rendered = await renderReleases(path, { api });
  await screen.findByRole('heading', { level: 2 });
  return { ...rendered, decide };
}

const warnings: Part = {
  verdicts: [
    makeVerdict('branch'),
    makeVerdict('vulnerabilities', 'warning', {
      title: '1 new high vulnerability',
    }),
    makeVerdict('soak', 'warning', { title: 'Soaked 20 min' }),
  ],
};

describe('DecisionPage', () => {
  it('shows all that is needed to decide', async () => {
    await show();
    expect(
      screen.getByRole('heading', { name: 'Release ledger-api-0 to prod?' }),
    ).toHaveFocus();
    const main = screen.getByRole('main');
    for (const text of [
      'Ana Ruiz asked 4 minutes ago',
      'promoted from staging',
      'squad-ledger',
      /expires in 23 hr 5[56] min/,
      'live in prod for 2 days 4 hr',
      'plan unchanged',
      'REQ-1042',
      'Title of soak: passed',
      'Kept by platform engineers · soak: 1h · ground-control.yaml:7',
      '3 commits, 2 authors',
      'Fix rounding in interest accrual',
      'Nothing else was released to prod in the last hour.',
      'Goes to 3 clusters: aws-prod-1, az-prod-1, and gcp-prod-1.',
      'Dee Park and eli.voss can decide.',
      'prod asks for one lead (ground-control.yaml, line 3).',
    ]) {
      expect(main).toHaveTextContent(text);
    }
    expect(
      await screen.findByRole('region', {
        name: 'Difference of 40-deployment.yaml',
      }),
    ).toHaveTextContent('memory: 768Mi');
    expect(document.title).toBe('ledger-api-0 → prod · Releases');
    expect(document.querySelectorAll('main')).toHaveLength(1);
  });

  it('approves with one press where every verdict passes, and offers the next', async () => {
    const { decide, address } = await show();
    await userEvent.keyboard('a');
    const approve = screen.getByRole('button', { name: APPROVE });
    expect(approve).toHaveFocus();
    expect(decide).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(decide).toHaveBeenCalledWith('REQ-1042', {
      decision: 'approve',
      evidence: 'evidence-1',
      accepted: [],
    });
    expect(
      await screen.findByRole('heading', { name: 'Approved, being written' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('main')).toHaveTextContent('Dee Park approved');
    expect(screen.queryByRole('button', { name: APPROVE })).toBeNull();
    await userEvent.click(
      await screen.findByRole('link', { name: 'Next: ledger-worker-9 → prod' }),
    );
    expect(address()).toBe('/releases/requests/REQ-1043');
  });

  it('wants every warning accepted, and sends them as they were read', async () => {
    const { decide } = await show(warnings);
    const approve = screen.getByRole('button', { name: APPROVE });
    expect(approve).toHaveAttribute('aria-disabled', 'true');
    expect(approve).toHaveAccessibleDescription(
      'Accept 2 warnings to approve.',
    );
    await userEvent.click(approve);
    expect(decide).not.toHaveBeenCalled();
    const first = screen.getByLabelText('I accept: 1 new high vulnerability');
    expect(first).toHaveFocus();
    await userEvent.click(first);
    await userEvent.click(screen.getByLabelText('I accept: Soaked 20 min'));
    expect(approve).toHaveAttribute('aria-disabled', 'false');
    await userEvent.click(approve);
    expect(decide.mock.calls[0][1].accepted).toEqual(
      warnings!.verdicts!.slice(1).map(({ policy, reason }) => ({
        policy,
        reason,
      })),
    );
  });

  it('wants what can’t be looked at accepted as well, and no longer once it can', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const { diff } = api.requestSet;
    api.requestSet.diff = { files: [], unchangedFiles: 0, missing: 'Gone.' };
    const unknown = { kind: 'unknown' as const, items: [] };
    api.requestSet.put(makeDetail(api.now, { changes: unknown }));
    const decide = jest.spyOn(api, 'decideRequest');
    const { signal } = await renderReleases(PAGE, { api });
    const without = (what: string) =>
      screen.findByLabelText(`I approve without the ${what}`);
    const approve = await screen.findByRole('button', { name: APPROVE });
    await userEvent.click(await without('difference'));
    expect(approve).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(approve);
    expect(decide).not.toHaveBeenCalled();
    await userEvent.click(await without('commits'));
    expect(approve).toHaveAttribute('aria-disabled', 'false');
    // Another evidence takes them back; of what is there now none is left.
    api.requestSet.diff = diff;
    api.requestSet.put(
      makeDetail(api.now, { changes: unknown, evidence: 'evidence-2' }),
    );
    signal(1, 'requests');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Review again' }),
    );
    expect(await without('commits')).not.toBeChecked();
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.click(await without('commits'));
    await userEvent.click(approve);
    expect(decide.mock.calls[0][1].accepted).toEqual([
      { policy: 'without-commits', reason: '' },
    ]);
  });

  it('wants no tick for the commits of a first release', async () => {
    await show({
      request: { replaces: undefined },
      changes: { kind: 'unknown', items: [] },
    });
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.getByRole('button', { name: APPROVE })).toHaveAttribute(
      'aria-disabled',
      'false',
    );
  });

  it('sends nothing of what can be looked at again since it was ticked', async () => {
    const { api, decide, signal } = await show({
      changes: { kind: 'unknown', items: [] },
    });
    await userEvent.click(
      screen.getByLabelText('I approve without the commits'),
    );
    api.requestSet.put(makeDetail(api.now));
    signal(1, 'requests');
    await screen.findByText('3 commits, 2 authors');
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(decide.mock.calls[0][1].accepted).toEqual([]);
  });

  it('waits for the difference, and takes one that can’t be loaded for missing', async () => {
    const api = new FixtureApi({ now: Date.now() });
    let fail = (_error: Error) => {};
    jest.spyOn(api, 'getRequestDiff').mockReturnValue(
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
    );
    await renderReleases(PAGE, { api });
    const approve = await screen.findByRole('button', { name: APPROVE });
    expect(approve).toHaveAccessibleDescription(
      'The difference is still loading.',
    );
    fail(makeRefusal(500, 'It broke.'));
    const tick = await screen.findByLabelText(
      'I approve without the difference',
    );
    expect(approve).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(tick);
    expect(approve).toHaveAttribute('aria-disabled', 'false');
  });

  it('sends a warning that changes by the moment as it read when it was ticked', async () => {
    const soaked = (minutes: number) => ({
      verdicts: [
        makeVerdict('soak', 'warning', { reason: `Soaked ${minutes} min.` }),
      ],
    });
    const { api, decide, signal } = await show(soaked(20));
    await userEvent.click(screen.getByLabelText('I accept: Title of soak'));
    api.requestSet.put(makeDetail(api.now, soaked(21)));
    signal(1, 'requests');
    await screen.findByText(/Soaked 21 min/);
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(decide.mock.calls[0][1].accepted).toEqual([
      { policy: 'soak', reason: 'Soaked 20 min.' },
    ]);
  });

  it('says what holds it once it is approved', async () => {
    const held =
      /^Once approved, it is held at first: Frozen until Tue 00:00\.$/;
    const part = (momentary: boolean): Part => ({
      verdicts: [
        makeVerdict('freeze', 'block', {
          title: 'Frozen until Tue 00:00',
          momentary,
        }),
      ],
    });
    await show(part(true));
    expect(screen.getByText(held)).toBeInTheDocument();
    cleanup();
    await show(part(false));
    expect(screen.queryByText(held)).toBeNull();
  });

  it('wants a comment to reject, and types letters as letters', async () => {
    const { decide } = await show();
    await userEvent.keyboard('r');
    const reject = screen.getByRole('button', { name: /^Reject/ });
    expect(reject).toHaveFocus();
    expect(reject).toHaveAccessibleDescription(
      'To reject, say in the comment why.',
    );
    const hint = screen.getByText('To reject, say in the comment why.');
    expect(hint.closest('.gc-hidden')).toBeNull();
    await userEvent.keyboard('{Enter}');
    const comment = screen.getByLabelText('Comment (needed to reject)');
    expect(comment).toHaveFocus();
    await userEvent.keyboard('a rare reason');
    expect(comment).toHaveValue('a rare reason');
    expect(comment).toHaveAccessibleDescription(hint.textContent!);
    expect(reject).toHaveAccessibleDescription('');
    await userEvent.click(reject);
    expect(decide).toHaveBeenCalledWith('REQ-1042', {
      decision: 'reject',
      evidence: 'evidence-1',
      comment: 'a rare reason',
    });
    expect(
      await screen.findByRole('heading', { name: 'Rejected' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Ask again' }),
    ).toBeInTheDocument();
  });

  it('says in sight why it can’t be rejected, where that is another reason', async () => {
    const message = 'Only a lead of the squad may reject it.';
    await show({ reject: { allowed: false, code: 'not-a-lead', message } });
    expect(
      screen.getByRole('button', { name: /^Reject/ }),
    ).toHaveAccessibleDescription(message);
    expect(screen.getByText(message).closest('.gc-hidden')).toBeNull();
    expect(screen.queryByText(/^To reject/)).toBeNull();
  });

  it('stays on a conflict, says what changed, and wants it reviewed', async () => {
    const { decide, api } = await show(warnings);
    await userEvent.click(screen.getByLabelText('I accept: Soaked 20 min'));
    await userEvent.click(
      screen.getByLabelText('I accept: 1 new high vulnerability'),
    );
    await userEvent.type(
      screen.getByLabelText('Comment (needed to reject)'),
      'Kept',
    );
    api.requestSet.put(
      makeDetail(api.now, {
        evidence: 'evidence-2',
        changed: ['prod now runs 77ce012.'],
        changes: { kind: 'commits', items: [], total: 1 },
        verdicts: [
          makeVerdict('branch', 'warning', { title: 'Branch fix/x' }),
          ...warnings!.verdicts!.slice(1),
        ],
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    const banner = await screen.findByRole('alert');
    expect(banner).toHaveTextContent('Not decided: something changed.');
    expect(banner).toHaveTextContent('prod is now 77ce012.');
    await waitFor(() =>
      expect(banner).toHaveTextContent('Branch fix/x: warning, was passed'),
    );
    expect(banner).toHaveTextContent('1 commit instead of 3.');
    expect(
      screen.getByText('Branch fix/x').closest('[data-changed]'),
    ).not.toBeNull();
    expect(screen.getByLabelText('I accept: Soaked 20 min')).not.toBeChecked();
    expect(screen.getByLabelText('Comment (needed to reject)')).toHaveValue(
      'Kept',
    );
    const approve = screen.getByRole('button', { name: APPROVE });
    expect(approve).toHaveAccessibleDescription('Review what changed first.');
    await userEvent.click(screen.getByRole('button', { name: 'Review again' }));
    expect(approve).toHaveAccessibleDescription(
      'Accept 3 warnings to approve.',
    );
    for (const box of screen.getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    await userEvent.click(approve);
    expect(decide.mock.calls[1][1]).toMatchObject({
      evidence: 'evidence-2',
      comment: 'Kept',
    });
  });

  it('holds back before it is pressed, where it changed under the reader', async () => {
    const { decide, api, signal } = await show();
    api.requestSet.put(makeDetail(api.now, { evidence: 'evidence-2' }));
    signal(1, 'requests');
    expect(
      await screen.findByText('This changed while you were reading.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(decide).not.toHaveBeenCalled();
  });

  it('keeps the comment where the backend fails, and sends a double press once', async () => {
    const { decide } = await show();
    let fail = (_error: Error) => {};
    decide.mockReturnValueOnce(
      new Promise((_resolve, reject) => {
        fail = reject;
      }),
    );
    await userEvent.type(
      screen.getByLabelText('Comment (needed to reject)'),
      'Because',
    );
    await userEvent.dblClick(screen.getByRole('button', { name: /^Reject/ }));
    expect(
      screen.getByRole('button', { name: /^Rejecting/ }),
    ).toHaveAccessibleDescription('It is being sent.');
    fail(Object.assign(new Error('Timed out'), { name: 'TimeoutError' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('did not answer within 8 s');
    expect(alert).toHaveTextContent('the same counts once');
    expect(screen.getByLabelText('Comment (needed to reject)')).toHaveValue(
      'Because',
    );
    expect(decide).toHaveBeenCalledTimes(1);
  });

  it('stays on a request that has expired meanwhile', async () => {
    const { api } = await show();
    jest
      .spyOn(api, 'decideRequest')
      .mockRejectedValue(makeRefusal(410, 'This request expired.'));
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(
      await screen.findByText('This request expired.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Review again' }),
    ).toBeInTheDocument();
  });

  it('says that another decided meanwhile', async () => {
    const { api } = await show();
    api.requestSet.decide('REQ-1042', {
      decision: 'approve',
      evidence: 'evidence-1',
    });
    jest
      .spyOn(api, 'decideRequest')
      .mockRejectedValue(
        makeRefusal(
          409,
          'This request was approved. Dee Park approved it 20 s ago.',
        ),
      );
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(
      await screen.findByRole('heading', { name: 'Approved, being written' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Dee Park approved it 20 s ago/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Review again' })).toBeNull();
  });

  it('tells the requester why they may not, and lets them cancel', async () => {
    const { decide } = await show({}, '/releases/requests/REQ-1044');
    const approve = screen.getByRole('button', { name: APPROVE });
    expect(approve).toHaveAttribute('aria-disabled', 'true');
    expect(approve).toHaveAccessibleDescription(
      'You asked for this release, so you cannot approve it. Eli Voss can.',
    );
    await userEvent.click(approve);
    expect(decide).not.toHaveBeenCalled();
    await userEvent.click(
      screen.getByRole('button', { name: 'Cancel request' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'Cancelled' }),
    ).toBeInTheDocument();
  });

  it('follows the clusters once it is written', async () => {
    const { api, signal } = await show({}, '/releases/requests/REQ-1040');
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
    await show({ request: { ...request, mayDecide: false } });
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
      await show({ request, changes, supersededIncludes });
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
      await show({
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

  it('goes through the inbox by keys and links, in its order', async () => {
    const { address, api } = await show();
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    await userEvent.keyboard('[[');
    expect(address()).toBe(PAGE);
    await userEvent.keyboard(']');
    expect(address()).toBe('/releases/requests/REQ-1043');
    expect(
      await screen.findByRole('heading', {
        name: 'Release ledger-worker-9 to prod?',
      }),
    ).toHaveFocus();
    expect(await screen.findByText('2 of 2')).toBeInTheDocument();
    // A bracket that is typed is a bracket.
    const comment = screen.getByLabelText('Comment (needed to reject)');
    await userEvent.type(comment, '[[1] a');
    expect(comment).toHaveValue('[1] a');
    expect(address()).toBe('/releases/requests/REQ-1043');
    // Where the focus is nowhere, keys are the portal's.
    act(() => comment.blur());
    expect(document.body).toHaveFocus();
    await userEvent.keyboard('[[');
    expect(address()).toBe('/releases/requests/REQ-1043');
    // A click beside everything leaves it on the page.
    await userEvent.click(screen.getByText('2 of 2'));
    await userEvent.keyboard('[[');
    expect(address()).toBe(PAGE);
    // Another one comes first, because it expires sooner.
    api.requestSet.put(
      makeDetail(api.now, {
        request: {
          id: 'REQ-1050',
          service: { namespace: 'fx', name: 'fx-api' },
          expiresAt: new Date(api.now + 20 * 60_000).toISOString(),
        },
      }),
    );
    await userEvent.click(
      await screen.findByRole('link', { name: /^Next ledger-worker-9 → prod/ }),
    );
    expect(address()).toBe('/releases/requests/REQ-1043');
  });

  it('follows the tab and the filters that the reader came from', async () => {
    const { address, api } = await renderReleases(
      '/releases/requests?status=others&env=prod',
    );
    const getRequests = jest.spyOn(api, 'getRequests');
    await userEvent.click(await screen.findByRole('link', { name: /^Open/ }));
    expect(address()).toBe('/releases/requests/REQ-1044');
    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
    expect(getRequests.mock.calls.at(-1)![0]).toMatchObject({
      status: 'others',
      environments: ['prod'],
    });
    expect(screen.getByRole('link', { name: 'All requests' })).toHaveAttribute(
      'href',
      '/releases/requests?status=others&env=prod',
    );
  });

  it('goes on to what took the place of the one that was decided', async () => {
    const { address } = await show({}, '/releases/requests/REQ-1043');
    expect(await screen.findByText('2 of 2')).toBeInTheDocument();
    for (const box of screen.getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    await screen.findByRole('heading', { name: 'Approved, being written' });
    await userEvent.keyboard(']');
    expect(address()).toBe(PAGE);
  });

  it('reminds those who decide, once, and says why not again', async () => {
    const { api } = await show({}, '/releases/requests/REQ-1044');
    const remindRequest = jest.spyOn(api, 'remindRequest');
    const remind = screen.getByRole('button', { name: 'Remind' });
    expect(remind).toHaveAttribute('aria-disabled', 'false');
    await userEvent.click(remind);
    expect(
      await screen.findByText('They were reminded just now.'),
    ).toBeVisible();
    expect(remind).toHaveAttribute('aria-disabled', 'true');
    expect(remind).toHaveAccessibleDescription('They were reminded just now.');
    await userEvent.click(remind);
    expect(remindRequest.mock.calls).toEqual([['REQ-1044']]);
    expect(
      screen.getByRole('list', { name: 'What happened' }),
    ).toHaveTextContent('Reminded those who decide');
  });

  it('offers no reminder of what waits for nobody', async () => {
    await show({ request: { state: 'approved', mayDecide: false } });
    expect(screen.queryByRole('button', { name: 'Remind' })).toBeNull();
  });

  it('asks again with one key, however often it is sent', async () => {
    const { api, address } = await show({
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
    const { api } = await show({
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

  it('says what is not known rather than showing nothing', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.diff = {
      files: [],
      unchangedFiles: 0,
      missing: 'The artifact store does not answer.',
    };
    api.requestSet.put(
      makeDetail(api.now, {
        changes: {
          kind: 'unknown',
          items: [],
          message: 'The repository can’t be read.',
        },
        deciders: [],
        decidersUnknown: 'The catalog does not answer.',
        targetClusters: [],
      }),
    );
    await renderReleases(PAGE, { api });
    for (const text of [
      'The repository can’t be read.',
      'The difference is not available: The artifact store does not answer.',
      /The catalog does not answer\./,
      'No cluster carries prod: it ends at the commit.',
    ]) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
  });

  it('has a page for a request that is not there, or may not be seen', async () => {
    await renderReleases('/releases/requests/REQ-9');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no request REQ-9, or you may not see it.',
    );
  });
});

describe('OverridePage', () => {
  const blocked: Part = {
    verdicts: [
      makeVerdict('branch', 'block', { title: 'Branch feature/x' }),
      makeVerdict('owner', 'block', { overridable: false }),
      makeVerdict('soak', 'warning', { title: 'Soaked 20 min' }),
    ],
    approve: {
      allowed: false,
      code: 'blocked',
      message: 'Blocked: branch feature/x may not go to prod.',
    },
    override: { allowed: true },
  };

  it('is offered where a block can be overridden, and wants reason and name', async () => {
    const { api, address } = await show(blocked);
    expect(
      screen.getByRole('button', { name: APPROVE }),
    ).toHaveAccessibleDescription(
      'Blocked: branch feature/x may not go to prod.',
    );
    await userEvent.click(
      screen.getByRole('link', { name: 'Release anyway…' }),
    );
    const press = await screen.findByRole('button', { name: 'Release anyway' });
    expect(screen.getByText('Branch feature/x')).toBeInTheDocument();
    expect(screen.getByText('can’t be overridden')).toBeInTheDocument();
    expect(await screen.findByText(/^You are /)).toHaveTextContent('Guest');
    const override = jest.spyOn(api, 'overrideRequest');
    expect(press).toHaveAccessibleDescription(
      'Give a reason of at least 20 characters.',
    );
    await userEvent.type(
      screen.getByLabelText('Reason, with a link to the incident'),
      'Incident 4711: payments are down',
    );
    expect(press).toHaveAccessibleDescription(
      'Type the service’s name to confirm.',
    );
    await userEvent.click(press);
    expect(override).not.toHaveBeenCalled();
    await userEvent.type(
      screen.getByLabelText('Type ledger-api-0 to confirm'),
      'ledger-api-0',
    );
    expect(press).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(press);
    expect(override).not.toHaveBeenCalled();
    expect(screen.getByText(/Reason of soak\./)).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('I accept: Soaked 20 min'));
    await userEvent.click(press);
    expect(override).toHaveBeenCalledWith('REQ-1042', {
      evidence: 'evidence-1',
      reason: 'Incident 4711: payments are down',
      accepted: [{ policy: 'soak', reason: 'Reason of soak.' }],
    });
    await waitFor(() => expect(address()).toBe(PAGE));
    expect(
      await screen.findByText('A block was overridden'),
    ).toBeInTheDocument();
  });

  it('wants a tick where nobody can tell which commits it brings', async () => {
    const { api } = await show(
      {
        ...blocked,
        verdicts: [makeVerdict('branch', 'block')],
        changes: { kind: 'unknown', items: [] },
      },
      `${PAGE}/override`,
    );
    const override = jest.spyOn(api, 'overrideRequest');
    await userEvent.type(
      screen.getByLabelText('Reason, with a link to the incident'),
      'Incident 4711: payments are down',
    );
    await userEvent.type(
      screen.getByLabelText('Type ledger-api-0 to confirm'),
      'ledger-api-0',
    );
    const press = screen.getByRole('button', { name: 'Release anyway' });
    expect(press).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(
      screen.getByLabelText('I approve without the commits'),
    );
    await userEvent.click(press);
    expect(override).toHaveBeenCalledWith(
      'REQ-1042',
      expect.objectContaining({
        accepted: [{ policy: 'without-commits', reason: '' }],
      }),
    );
  });

  it('says who can where the reader may not', async () => {
    await show(
      {
        ...blocked,
        override: {
          allowed: false,
          code: 'not-a-lead',
          message: 'Only leads and platform engineers can override it.',
        },
      },
      `${PAGE}/override`,
    );
    expect(
      screen.getByText('Only leads and platform engineers can override it.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Release anyway' })).toBeNull();
  });
});
