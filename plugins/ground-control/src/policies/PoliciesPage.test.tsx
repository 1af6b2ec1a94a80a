import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { renderReleases } from '../__testUtils__/renderReleases';

const SQUAD = 'group:default/ledger';
const PAGE = `/releases/policies?squad=${SQUAD}`;
const SERVICE = '/releases/policies?service=ledger/ledger-api-0';

const apiOf = () => new FixtureApi({ now: Date.now() });
const open = async (path = PAGE, api = apiOf()) => {
  const rendered = await renderReleases(path, { api });
  await screen.findByRole('table');
  return rendered;
};
const openRules = async (api = apiOf()) => {
  const rendered = await open(PAGE, api);
  await userEvent.click(screen.getByRole('button', { name: 'Change rules' }));
  return { ...rendered, sheet: within(screen.getByRole('dialog')) };
};
const commit = () => screen.getByRole('button', { name: 'Commit the change' });
const isReady = () =>
  waitFor(() => expect(commit()).toHaveAttribute('aria-disabled', 'false'));

describe('PoliciesPage', () => {
  it('shows what holds in each environment, and where it is written', async () => {
    await open();
    const table = screen.getByRole('table');
    const row = within(table).getByRole('row', { name: /^Approvals/ });
    expect(within(row).getAllByRole('cell')[2]).toHaveTextContent(
      '2squad: ground-control.yaml, line 8also: floor 1',
    );
    expect(within(row).getAllByRole('cell')[0]).toHaveTextContent('built in');
    expect(
      within(table).getByRole('row', { name: /^Freezes/ }),
    ).toHaveTextContent(/fri 16:00 to mon 08:00 Europe\/Copenhagen · Weekend/);
    expect(within(table).queryByRole('row', { name: /^Branches/ })).toBeNull();
  });

  it('keeps whose policies are shown, and where, in the address', async () => {
    const { address } = await open();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Environment' }),
      'prod',
    );
    expect(address()).toContain('environment=prod');
    expect(screen.getAllByRole('columnheader')).toHaveLength(2);
    await userEvent.click(
      screen.getByRole('link', { name: 'Defaults of all squads' }),
    );
    expect(address()).toBe('/releases/policies?environment=prod');
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Service' }),
      'ledger/ledger-api-0',
    );
    await waitFor(() =>
      expect(address()).toContain('service=ledger%2Fledger-api-0'),
    );
    expect(
      await screen.findByRole('row', { name: /^Branches/ }),
    ).toHaveTextContent('^master$');
  });

  it('says who may change them', async () => {
    const api = apiOf();
    api.policySet.edit = {
      allowed: false,
      code: 'not-a-lead',
      message: 'Only a lead of ledger may change these policies.',
    };
    await open(PAGE, api);
    const button = screen.getByRole('button', { name: 'Change rules' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(/Only a lead of ledger/);
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows what a change comes to, and commits it for the file that was seen', async () => {
    const { api, sheet } = await openRules();
    expect(commit()).toHaveAttribute('aria-disabled', 'true');
    expect(sheet.getByLabelText('Approvals')).toHaveValue('2');
    expect(sheet.getByLabelText('Approvals')).toHaveAccessibleDescription(
      'holds now: 2; floor: 1',
    );
    await userEvent.selectOptions(sheet.getByLabelText('Approvals'), '1');
    await userEvent.type(sheet.getByLabelText('Soak time before'), '2h');
    expect(
      await sheet.findByText(/Fewer people have to approve/),
    ).toBeVisible();
    expect(sheet.getByText('prod: Approvals 2 → 1')).toBeVisible();
    expect(sheet.getByText('prod: { approvals: 2 }')).toBeVisible();
    await userEvent.type(sheet.getByLabelText(/^Why/), 'One is enough');
    await isReady();
    await userEvent.click(commit());
    expect(api.policySet.sent).toEqual([
      {
        change: {
          kind: 'rules',
          subject: { level: 'squad', squad: SQUAD },
          rules: { environments: { prod: { approvals: 1, soak: '2h' } } },
        },
        object: 'a'.repeat(40),
        reason: 'One is enough',
      },
    ]);
    expect(
      await screen.findByText('Changed by commit dddddddddd.'),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks for links in one environment', async () => {
    const { api, sheet } = await openRules();
    const links = sheet.getByLabelText('Links that aren’t well');
    expect(links).toHaveValue('');
    expect(links).toHaveAccessibleDescription('holds now: ignored');
    await userEvent.selectOptions(links, 'block');
    await isReady();
    await userEvent.click(commit());
    expect(api.policySet.sent[0].change).toMatchObject({
      rules: { environments: { prod: { approvals: 2, links: 'block' } } },
    });
  });

  it('adds, changes and removes freezes', async () => {
    const { api, sheet } = await openRules();
    const [inProd] = sheet.getAllByRole('button', { name: 'Add a freeze' });
    await userEvent.click(inProd);
    const freeze = within(sheet.getByRole('group', { name: 'Freeze 1' }));
    await userEvent.click(freeze.getByRole('checkbox', { name: 'Sat' }));
    await userEvent.click(freeze.getByRole('checkbox', { name: 'Fri' }));
    await userEvent.type(freeze.getByLabelText('From'), '16:00');
    await userEvent.type(freeze.getByLabelText('To'), 'mon 08:00');
    await userEvent.type(freeze.getByLabelText('Time zone'), 'Europe/Oslo');
    await isReady();
    await userEvent.click(commit());
    expect(api.policySet.sent[0].change).toMatchObject({
      rules: {
        environments: {
          prod: {
            approvals: 2,
            freeze: [
              {
                days: ['fri', 'sat'],
                from: '16:00',
                to: 'mon 08:00',
                zone: 'Europe/Oslo',
              },
            ],
          },
        },
      },
    });
  });

  it('shows each fault at its field', async () => {
    const api = apiOf();
    api.policySet.outcome = {
      outcome: 'refused',
      faults: [
        { path: ['environments', 'prod', 'soak'], message: 'It is no length' },
      ],
    };
    const { sheet } = await openRules(api);
    await userEvent.type(sheet.getByLabelText('Soak time before'), 'long');
    await waitFor(() =>
      expect(sheet.getByLabelText('Soak time before')).toBeInvalid(),
    );
    expect(
      sheet.getByLabelText('Soak time before'),
    ).toHaveAccessibleDescription(/It is no length/);
    expect(commit()).toHaveAttribute('aria-disabled', 'true');
  });

  it('never sends a change for a file that others changed meanwhile', async () => {
    const { api, sheet, signal } = await openRules();
    await userEvent.selectOptions(sheet.getByLabelText('Approvals'), '1');
    await isReady();
    api.policySet.object = 'b'.repeat(40);
    api.policySet.says = { environments: { prod: { approvals: 3 } } };
    act(() => signal(1, 'commits'));
    const name = 'Begin again with what it says now';
    await sheet.findByRole('button', { name });
    expect(commit()).toHaveAttribute('aria-disabled', 'true');
    await waitFor(async () => {
      // The page may know less than the preview yet: it is offered again then.
      const anew = sheet.queryByRole('button', { name });
      if (anew) await userEvent.click(anew);
      expect(sheet.getByLabelText('Approvals')).toHaveValue('3');
    });
  });

  it('says why a change was not made, and keeps what was entered', async () => {
    const api = apiOf();
    api.policySet.failure = makeRefusal(503, 'Nothing was changed. Away.');
    const { sheet } = await openRules(api);
    await userEvent.selectOptions(sheet.getByLabelText('Approvals'), '1');
    await isReady();
    await userEvent.click(commit());
    expect(await sheet.findByRole('alert')).toHaveTextContent(
      'It was not changed.Nothing was changed. Away.',
    );
    expect(sheet.getByLabelText('Approvals')).toHaveValue('1');
  });

  it('changes a service’s branches and auto-releases one at a time', async () => {
    const { api } = await open(SERVICE);
    await userEvent.click(
      screen.getByRole('button', { name: 'Change branches and auto-releases' }),
    );
    const sheet = within(screen.getByRole('dialog'));
    const pattern = sheet.getByLabelText(/^Pattern/);
    expect(pattern).toHaveValue('^master$');
    await userEvent.clear(pattern);
    await isReady();
    await userEvent.click(commit());
    expect(api.policySet.sent[0].change).toEqual({
      kind: 'branch-restriction',
      service: { namespace: 'ledger', name: 'ledger-api-0' },
      environment: 'prod',
      branchRegex: null,
    });
  });

  it('says why a file can’t be changed by a form', async () => {
    const api = apiOf();
    api.policySet.fault = 'ground-control.yaml, line 2: it is not YAML.';
    await open(SERVICE, api);
    expect(screen.getAllByText(/line 2: it is not YAML/)[0]).toBeVisible();
    expect(screen.getByRole('row', { name: /^Branches/ })).toHaveTextContent(
      /can’t be read/,
    );
  });

  it('says until when a rollback pauses what is released by itself', async () => {
    const api = apiOf();
    api.policySet.pause = {
      until: '2099-11-24T08:51:00Z',
      requestId: 'REQ-1042',
    };
    await open(SERVICE, api);
    const row = within(
      screen.getByRole('row', { name: /^Released by itself/ }),
    );
    const [dev, , prod] = row.getAllByRole('cell');
    expect(dev).toHaveTextContent(/^none$/);
    expect(prod).toHaveTextContent(
      'nonePaused until Nov 24, 2099, 08:51 UTC, by REQ-1042',
    );
    expect(row.getByRole('link', { name: 'REQ-1042' })).toHaveAttribute(
      'href',
      '/releases/requests/REQ-1042',
    );
  });

  it('doesn’t say that it is paused while that fails, but why it isn’t', async () => {
    const api = apiOf();
    api.policySet.pause = {
      until: '2099-11-24T08:51:00Z',
      requestId: 'REQ-1042',
      fault: 'It was refused.',
    };
    await open(SERVICE, api);
    const row = within(
      screen.getByRole('row', { name: /^Released by itself/ }),
    );
    expect(row.getAllByRole('cell')[2]).toHaveTextContent(
      'noneTo be paused until Nov 24, 2099, 08:51 UTC, by REQ-1042: It was refused.',
    );
  });

  it('is found from a service’s page', async () => {
    await renderReleases('/releases/services/ledger/ledger-api-0');
    expect(
      await screen.findByRole('link', {
        name: 'What may be released, and who decides',
      }),
    ).toHaveAttribute(
      'href',
      '/releases/policies?service=ledger%2Fledger-api-0',
    );
  });
});
