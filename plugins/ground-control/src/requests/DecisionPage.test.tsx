import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { makeDetail, makeVerdict } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';
import {
  APPROVE,
  DetailPart,
  REQUEST_PATH,
  showRequest,
} from './__testUtils__/showRequest';

const warnings: DetailPart = {
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
    await showRequest();
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
    const { decide, address } = await showRequest();
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
    const { decide } = await showRequest(warnings);
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
    const { signal } = await renderReleases(REQUEST_PATH, { api });
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
    await showRequest({
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
    const { api, decide, signal } = await showRequest({
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
    await renderReleases(REQUEST_PATH, { api });
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
    const { api, decide, signal } = await showRequest(soaked(20));
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
    const part = (momentary: boolean): DetailPart => ({
      verdicts: [
        makeVerdict('freeze', 'block', {
          title: 'Frozen until Tue 00:00',
          momentary,
        }),
      ],
    });
    await showRequest(part(true));
    expect(screen.getByText(held)).toBeInTheDocument();
    cleanup();
    await showRequest(part(false));
    expect(screen.queryByText(held)).toBeNull();
  });

  it('wants a comment to reject, and types letters as letters', async () => {
    const { decide } = await showRequest();
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
    await showRequest({
      reject: { allowed: false, code: 'not-a-lead', message },
    });
    expect(
      screen.getByRole('button', { name: /^Reject/ }),
    ).toHaveAccessibleDescription(message);
    expect(screen.getByText(message).closest('.gc-hidden')).toBeNull();
    expect(screen.queryByText(/^To reject/)).toBeNull();
  });

  it('stays on a conflict, says what changed, and wants it reviewed', async () => {
    const { decide, api } = await showRequest(warnings);
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
    const { decide, api, signal } = await showRequest();
    api.requestSet.put(makeDetail(api.now, { evidence: 'evidence-2' }));
    signal(1, 'requests');
    expect(
      await screen.findByText('This changed while you were reading.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    expect(decide).not.toHaveBeenCalled();
  });

  it('keeps the comment where the backend fails, and sends a double press once', async () => {
    const { decide } = await showRequest();
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
    const { api } = await showRequest();
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
    const { api } = await showRequest();
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
    const { decide } = await showRequest({}, '/releases/requests/REQ-1044');
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

  it('reminds those who decide, once, and says why not again', async () => {
    const { api } = await showRequest({}, '/releases/requests/REQ-1044');
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
    await showRequest({ request: { state: 'approved', mayDecide: false } });
    expect(screen.queryByRole('button', { name: 'Remind' })).toBeNull();
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
    await renderReleases(REQUEST_PATH, { api });
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
