import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EntryCheckPart,
  GatewayEntries,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { renderReleases } from '../../__testUtils__/renderReleases';

const rowOf = async (name: string) => {
  const header = await screen.findByRole('rowheader', {
    name: new RegExp(`^${name} `),
  });
  return header.closest('tr')!;
};
const wordsOf = (row: HTMLElement) =>
  within(row)
    .getAllByRole('cell')
    .map(cell => cell.textContent);

/** An API in which each entry's check whether it is there says something else. */
function say(live: EntryCheckPart): FixtureApi {
  const api = new FixtureApi({ now: Date.now() });
  const ask = api.getGatewayEntries.bind(api);
  api.getGatewayEntries = async query => {
    const answer = await ask(query);
    return {
      ...answer,
      entries: answer.entries.map(entry => ({ ...entry, live })),
    };
  };
  return api;
}

describe('entries of the gateway', () => {
  it('says what my squad’s are, whether they are there and answer, and whose turn it is', async () => {
    const { container } = await renderReleases('/links/gateway');
    expect(
      await screen.findByRole('heading', {
        name: '0 of 3 entries of the gateway are in order',
      }),
    ).toBeInTheDocument();
    expect(wordsOf(await rowOf('ledger-api-0'))).toEqual(
      [
        /line 12$/,
        /certificate not ready.*DNS problem/,
        /nothing measures it/,
        /Declared, not yet there Platform engineers are next\./,
      ].map(words => expect.stringMatching(words)),
    );
    expect(wordsOf(await rowOf('rates'))[3]).toMatch(/ledger is next\./);
    const target = await rowOf('credit-bureau');
    expect(target).toHaveTextContent('target at az-prod-1 · ledger');
    expect(wordsOf(target)[2]).toMatch(
      /not well from aws-prod-1.*aws-prod-1 → az-prod-1 Elevated ≈41 ms/,
    );
    expect(wordsOf(target)[3]).toMatch(
      /Not well Platform engineers are next\./,
    );
    expect(
      within(target).getByRole('link', { name: 'aws-prod-1 → az-prod-1' }),
    ).toHaveAttribute('href', '/links/aws-prod-1/az-prod-1');
    await screen.findByRole('option', { name: 'squad-pay' });
    await waitFor(() => expect(document.title).toBe('Gateway · Links'));
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('names the file, and its problems by line', async () => {
    await renderReleases('/links/gateway');
    expect(
      await screen.findByText('backbone-gateway/shuttle.yaml at 4f2c1aa'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: '1 problem of the file' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Line 21: targets[2].squad is missing.'),
    ).toBeInTheDocument();
  });

  it('sets apart what is there without an entry', async () => {
    await renderReleases('/links/gateway?squad=all');
    const found = await screen.findByRole('table', {
      name: 'There, but not declared',
    });
    expect(within(found).getAllByRole('row')).toHaveLength(3);
    expect(found).toHaveTextContent('legacy-x');
    expect(within(found).getAllByRole('cell')[0]).toHaveTextContent(
      'not declared',
    );
  });

  it('has what isn’t declared asked for as it is there, and nothing else', async () => {
    const user = userEvent.setup();
    const { address, container } = await renderReleases(
      '/links/gateway?squad=all',
    );
    expect(await rowOf('legacy-x')).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: /^Adopt…/ })).toHaveLength(2);
    const adopt = screen.getByRole('button', {
      name: 'Adopt… legacy-x at aws-prod-2',
    });
    await user.click(adopt);
    expect(address()).toBe(
      '/links/gateway?squad=all&ask=1&name=legacy-x&dnsName=legacy-x.example.com&cluster=aws-prod-2&kind=target&from=gcp-prod-1',
    );
    const sheet = within(
      await screen.findByRole('dialog', { name: 'Ask for access' }),
    );
    // The only one of mine.
    expect(sheet.getByLabelText('My service')).toHaveValue(
      'ledger/ledger-api-0',
    );
    const entry = await sheet.findByText(/^- hostName: legacy-x/, {
      selector: 'pre',
    });
    expect(entry).toHaveTextContent(
      '- hostName: legacy-x dnsName: legacy-x.example.com environment: aws-prod-2',
    );
    expect(
      sheet.getByRole('link', { name: 'gcp-prod-1 → aws-prod-2' }),
    ).toBeInTheDocument();
    await expectAccessible(container.querySelector('.gc-root')!);
    await user.click(
      screen.getByRole('button', { name: 'Adopt… pay-worker-1 at az-prod-2' }),
    );
    const other = within(await screen.findByRole('dialog'));
    expect(other.getByLabelText('Its port')).toHaveValue('3000');
    expect(other.getByLabelText('Its namespace in Kubernetes')).toHaveValue(
      'services',
    );
    expect(
      other.getByRole('checkbox', { name: 'Outside of the mesh' }),
    ).toBeChecked();
  });

  it('leads to whoever is next, or whose it is, unless that is my squad', async () => {
    await renderReleases('/links/gateway?squad=all');
    const asked = async (name: string) =>
      within(await rowOf(name))
        .queryAllByRole('link', { name: /^Ask/ })
        .map(link => [link.textContent, link.getAttribute('href')]);
    await waitFor(async () => expect(await asked('rates')).toEqual([]));
    expect(await asked('kyc-sync-3')).toEqual([
      ['Ask kyc', '/catalog/default/group/kyc'],
    ]);
    expect(await asked('pay-worker-1')).toEqual([
      ['Ask pay', '/catalog/default/group/pay'],
    ]);
    // Nobody is known to own the second.
    for (const name of ['ledger-api-0', 'legacy-x']) {
      expect(await asked(name)).toEqual([
        ['Ask platform-engineers', '/catalog/default/group/platform-engineers'],
      ]);
    }
    expect(await asked('fx-feed')).toEqual([]);
  });

  it('copies how code calls it, and says so', async () => {
    const user = userEvent.setup();
    await renderReleases('/links/gateway');
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    const address = 'https://rates.az-prod-1.example.com';
    await user.click(
      await screen.findByRole('button', { name: `Copy ${address}` }),
    );
    expect(write).toHaveBeenCalledWith(address);
    expect(await screen.findByText(`Copied: ${address}`)).toBeInTheDocument();
  });

  it.each<[EntryCheckPart['state'], string, EntryCheckPart['params'], string]>([
    ['yes', 'mirrored-in', { clusters: 'a, b', count: 2 }, 'mirrored in a, b'],
    [
      'yes',
      'mirrored-in',
      { clusters: 'a', count: 1, unheard: 'c' },
      'mirrored in aNot heard of: c',
    ],
    [
      'partly',
      'mirrored-in-some',
      { clusters: 'a', count: 1, failing: 'b', reason: 'InvalidService' },
      'mirrored in a, not in bInvalidService',
    ],
    [
      'no',
      'not-mirrored',
      { clusters: 'a', count: 1, reason: '' },
      'not mirrored in a',
    ],
    ['no', 'not-exported', { cluster: 'a' }, 'a doesn’t export it'],
    ['partly', 'other-port', { port: 8080 }, 'leads to port 8080'],
    ['unknown', 'cluster-not-heard', { clusters: 'a' }, 'not heard of: a'],
    [
      'unknown',
      'entry-faulty',
      {},
      'the entry can’t be used, see the problems',
    ],
    [
      'unknown',
      'links-not-known',
      { cluster: 'a' },
      'whether a cluster is linked to a isn’t known',
    ],
    [
      'unknown',
      'link-stale',
      { clusters: 'a, b', count: 2 },
      'not measured lately from a, b',
    ],
    ['unknown', 'newer-than-this', {}, 'newer-than-this'],
  ])('of %s %s %j says %s', async (state, code, params, words) => {
    await renderReleases('/links/gateway', {
      api: say({ state, code, params }),
    });
    expect(wordsOf(await rowOf('rates'))[1]).toBe(` ${words}`);
  });

  it('says so where a squad has none, and leads to all', async () => {
    const user = userEvent.setup();
    await renderReleases('/links/gateway?squad=group:default/card');
    expect(
      await screen.findByText('There are no entries of squad card.'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all squads' }));
    expect(await rowOf('fx-feed')).toHaveTextContent(/over 1 link.*In order/);
  });

  it('says how a file is named where there is none', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getGatewayEntries = async () => ({
      asOf: api.board.asOf,
      path: null,
      revision: null,
      entries: [],
      problems: [],
    });
    await renderReleases('/links/gateway', { api });
    expect(
      await screen.findByText(/groundControl.gateway.path/),
    ).toBeInTheDocument();
  });

  it('says how a repository of its own is read, and shows what was known', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const ask = api.getGatewayEntries.bind(api);
    api.getGatewayEntries = async query => ({
      ...(await ask(query)),
      repository: {
        name: 'https://git.example/gateway.git',
        status: {
          state: 'unreachable',
          branch: 'main',
          observedAt: new Date(Date.now() - 600_000).toISOString(),
          reason: 'It can’t be reached.',
        },
      },
    });
    const { container } = await renderReleases('/links/gateway', { api });
    expect(
      await screen.findByText(
        /^In https:\/\/git.example\/gateway.git, branch main/,
      ),
    ).toHaveTextContent('read 10 minutes ago');
    expect(
      screen.getByText(
        'What is declared may be out of date. https://git.example/gateway.git: unreachable. It can’t be reached.',
      ),
    ).toBeInTheDocument();
    expect(await rowOf('rates')).toBeInTheDocument();
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('never says that there are none where a repository of its own was never read', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const status: RepositoryStatus = { state: 'forbidden', branch: 'main' };
    const never = {
      asOf: api.board.asOf,
      path: null,
      revision: null,
      entries: [],
      problems: [],
      repository: { name: 'git.example:x', status },
    };
    let answer: GatewayEntries = never;
    api.getGatewayEntries = async () => answer;
    const { unmount } = await renderReleases('/links/gateway', { api });
    expect(
      await screen.findByText(
        /^What is declared isn’t known\. git\.example:x: access refused\./,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText(/has no entries|no file|Nothing is/)).toBeNull();
    unmount();

    answer = { ...never, revision: 'a'.repeat(40) };
    status.state = 'fresh';
    await renderReleases('/links/gateway', { api });
    expect(
      await screen.findByText(/^git\.example:x has no file of gateway entries/),
    ).toBeInTheDocument();
    expect(screen.getByText('Your squad has no entries.')).toBeInTheDocument();
  });

  it('shows a failure as a failure', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getGatewayEntries = async () => {
      throw Object.assign(new Error('no'), { statusCode: 403 });
    };
    await renderReleases('/links/gateway', { api });
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(screen.queryByText(/has no entries/)).toBeNull();
  });
});
