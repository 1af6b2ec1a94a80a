import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fetchApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { renderReleases } from '../__testUtils__/renderReleases';
import { ReleasesRouter } from '../pages/ReleasesRouter';

const PAGE = '/releases/audit';

describe('AuditPage', () => {
  it('lists entries newest first, a page at a time, with a link to each', async () => {
    const api = new FixtureApi({ now: Date.now() });
    Object.assign(api.requestSet.entries[0], {
      revision: '4f2c1aa'.padEnd(40, '0'),
      signature: 'signed',
    });
    const { address } = await renderReleases(PAGE, { api });
    const table = await screen.findByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(50);
    expect(rows[0]).toHaveTextContent('60');
    expect(rows[0]).toHaveTextContent('2026-11-20 11:00:00');
    expect(rows[0]).toHaveTextContent('ana.ruiz');
    expect(rows[0]).toHaveTextContent('approved');
    expect(rows[0]).toHaveTextContent('comment Comment 60');
    expect(
      within(rows[0]).getByRole('link', { name: 'REQ-1042' }),
    ).toHaveAttribute('href', '/releases/requests/REQ-1042');
    expect(
      within(rows[0])
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(expect.arrayContaining(['portal', 'signed']));
    expect(rows[1]).not.toHaveTextContent(/signed/);
    expect(rows[4]).toHaveAttribute('data-red');
    expect(within(rows[2]).getAllByRole('link')[0]).toHaveAttribute(
      'href',
      '/releases/audit?before=59',
    );
    await userEvent.click(screen.getByRole('link', { name: 'Older' }));
    expect(address()).toBe('/releases/audit?before=11');
    await waitFor(() =>
      expect(screen.getAllByRole('row').slice(1)).toHaveLength(10),
    );
    expect(screen.queryByRole('link', { name: 'Older' })).toBeNull();
    await userEvent.click(screen.getByRole('link', { name: 'Newest' }));
    expect(address()).toBe('/releases/audit');
  });

  it('says of access which entry it is about, and whether it comes or goes', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const [access, release] = api.requestSet.entries;
    const entry = 'target:az-1/rates';
    access.details = { code: 'approved', intent: 'access-remove', entry };
    release.details = { code: 'approved', intent: 'promote' };
    await renderReleases(PAGE, { api });
    const table = await screen.findByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(
      'code approvedintent access-removeentry target:az-1/rates',
    );
    expect(within(rows[0]).queryByRole('group')).toBeNull();
    expect(within(rows[1]).getByRole('group')).toHaveTextContent(
      'intent promote',
    );
  });

  it('filters by the address, and starts at the newest again', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const getAudit = jest.spyOn(api, 'getAudit');
    const { address } = await renderReleases(
      `${PAGE}?before=30&service=ledger/api&from=2026-11-01&to=2026-11-02`,
      { api },
    );
    await screen.findByRole('table');
    expect(getAudit.mock.calls[0][0]).toEqual({
      service: { namespace: 'ledger', name: 'api' },
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-02T23:59:59.999Z',
      before: 30,
      limit: 50,
    });
    await userEvent.selectOptions(
      screen.getByLabelText('Action'),
      'overrode a block',
    );
    expect(address()).toBe(
      '/releases/audit?action=request.overridden&service=ledger%2Fapi&from=2026-11-01&to=2026-11-02',
    );
    await userEvent.type(screen.getByLabelText('Request'), 'req-1');
    await waitFor(() => expect(address()).toContain('request=req-1'));
    expect(
      await screen.findByText('No entry matches the filters.'),
    ).toBeInTheDocument();
    expect(getAudit.mock.calls.at(-1)![0].request).toBe('REQ-1');
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(address()).toBe('/releases/audit');
  });

  it('filters nothing by a service or request that is not written out', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const getAudit = jest.spyOn(api, 'getAudit');
    const { address } = await renderReleases(
      `${PAGE}?service=ledger&request=REQ-&actor=ana`,
      { api },
    );
    for (const text of ['service=ledger', 'request=REQ-']) {
      expect(
        await screen.findByText(`Filter ${text} was not recognised`),
      ).toBeInTheDocument();
    }
    expect(getAudit.mock.calls[0][0]).toEqual({ actor: 'ana', limit: 50 });
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(address()).toBe('/releases/audit?actor=ana');
  });

  it('names a day that is none', async () => {
    await renderReleases(`${PAGE}?from=yesterday`);
    expect(
      await screen.findByText('Filter from=yesterday was not recognised'),
    ).toBeInTheDocument();
  });

  it('verifies, and says in words what was found', async () => {
    const api = new FixtureApi({ now: Date.now() });
    await renderReleases(PAGE, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify' }),
    );
    expect(
      await screen.findByText(
        /60 entries checked: none is changed, missing or cut off. Git holds 12 heads/,
      ),
    ).toBeInTheDocument();
    api.verifyAudit = async () => ({
      asOf: api.board.asOf,
      entries: 59,
      heads: 12,
      faults: [
        { kind: 'cut-off', sequence: 60, message: 'Git holds entry 60.' },
      ],
    });
    await userEvent.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByText('Entry 60, cut off:')).toBeInTheDocument();
    expect(screen.getByText(/1 fault in 59 entries/)).toBeInTheDocument();
    api.verifyAudit = async () => {
      throw makeRefusal(
        403,
        'the permission ground-control.audit.read is missing',
      );
    };
    await userEvent.click(screen.getByRole('button', { name: 'Verify' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'ground-control.audit.read',
    );
  });

  it('saves what is filtered as a file, and says where it can’t', async () => {
    const asked: string[] = [];
    let status = 200;
    const fetch = async (url: string) => {
      asked.push(url);
      return new Response('sequence,at', { status });
    };
    const saved: string[] = [];
    URL.createObjectURL = () => 'blob:1';
    URL.revokeObjectURL = () => {};
    const click = jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function save(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
    await renderReleases(`${PAGE}?action=request.asked&before=30`, {
      element: (
        <TestApiProvider apis={[[fetchApiRef, { fetch } as any]]}>
          <ReleasesRouter />
        </TestApiProvider>
      ),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Export CSV' }),
    );
    expect(
      await screen.findByText(/^Saved audit-.*\.csv\.$/),
    ).toBeInTheDocument();
    expect(asked).toEqual([
      'plugin://ground-control/v1/audit/export?format=csv&actions=request.asked',
    ]);
    expect(saved).toEqual([expect.stringMatching(/^audit-.*\.csv$/)]);
    status = 403;
    await userEvent.click(screen.getByRole('button', { name: 'Export JSON' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not exported.');
    expect(saved).toHaveLength(1);
    click.mockRestore();
  });

  it.each([
    [403, 'You have no access to this.'],
    [500, 'The portal’s backend could not answer.'],
  ])('says why it shows nothing on %d', async (status, text) => {
    const api = new FixtureApi({ now: Date.now() });
    api.getAudit = async () => {
      throw makeRefusal(status, 'No');
    };
    await renderReleases(PAGE, { api });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('says that there is nothing yet', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.entries = [];
    await renderReleases(PAGE, { api });
    expect(await screen.findByText('No entry yet.')).toBeInTheDocument();
  });
});
