import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityReleases } from '../entity/EntityReleases';
import { useFormLink } from '../entity/useFormLink';
import { WhereItRunsCard } from '../entity/WhereItRunsCard';
import { expectAccessible } from '../__testUtils__/expectAccessible';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { AskFixtureApi } from './__testUtils__/AskFixtureApi';

const PAGE = '/releases/services/ledger/ledger-api-0';
const CELL = 'ledger%2Fledger-api-0%40prod';
const RELEASE = 'Release ledger/ledger-api-0';
const ROLLBACK = 'Roll back ledger/ledger-api-0 in prod';

let restore: () => void;
beforeAll(() => {
  restore = giveElementsHeight(720);
});
afterAll(() => restore());

const prodCell = async () =>
  within(
    within(await screen.findByRole('grid')).getAllByRole('gridcell')[2],
  ).getByRole('button');

const sheetOf = (name: string | RegExp) =>
  screen.findByRole('dialog', { name });

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger-api-0', namespace: 'default' },
  spec: { type: 'service' },
};

describe('the forms open', () => {
  it.each([
    ['r', RELEASE, 'ask'],
    ['b', ROLLBACK, 'rollback'],
  ])(
    'by the key %s on a cell of the board, and give the focus back',
    async (key, name, parameter) => {
      const { address, api } = await renderReleases('/releases/board', {
        api: new AskFixtureApi(),
      });
      const cell = await prodCell();
      act(() => cell.focus());
      await userEvent.keyboard(key);
      await sheetOf(name);
      expect(address()).toBe(`/releases/board?${parameter}=${CELL}`);
      expect(screen.getByRole('heading', { level: 2, name })).toHaveFocus();
      await userEvent.keyboard('{Escape}');
      await waitFor(() =>
        expect(screen.queryByRole('dialog', { name })).toBeNull(),
      );
      expect(address()).toBe('/releases/board');
      expect(await prodCell()).toHaveFocus();
      expect((api as AskFixtureApi).askedFor).toEqual([]);
    },
  );

  it('from a cell’s sheet, and closing one leads back to it', async () => {
    const { address } = await renderReleases('/releases/board', {
      api: new AskFixtureApi(),
    });
    await userEvent.click(await prodCell());
    await userEvent.click(
      within(await sheetOf('ledger/ledger-api-0 in prod')).getByRole('button', {
        name: 'Request release',
      }),
    );
    const form = await sheetOf(RELEASE);
    expect(address()).toBe(`/releases/board?open=${CELL}&ask=${CELL}`);
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await sheetOf('ledger/ledger-api-0 in prod');
    expect(address()).toBe(`/releases/board?open=${CELL}`);
  });

  it('not over another cell', async () => {
    const { address } = await renderReleases(
      `/releases/board?open=${CELL}&rollback=prod`,
      { api: new AskFixtureApi() },
    );
    await sheetOf(ROLLBACK);
    await userEvent.click(
      within(
        within(await screen.findByRole('grid')).getAllByRole('gridcell')[0],
      ).getByRole('button'),
    );
    await sheetOf('ledger/ledger-api-0 in dev');
    expect(screen.queryByRole('dialog', { name: ROLLBACK })).toBeNull();
    expect(address()).toBe('/releases/board?open=ledger%2Fledger-api-0%40dev');
  });

  it('from the panels of the service’s page, and give the focus back', async () => {
    const { address } = await renderReleases(`${PAGE}?env=prod`, {
      api: new AskFixtureApi(),
    });
    const button = await screen.findByRole('button', {
      name: 'Roll back… prod',
    });
    await userEvent.click(button);
    const form = await sheetOf(ROLLBACK);
    expect(address()).toBe(`${PAGE}?env=prod&rollback=prod`);
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(button).toHaveFocus());
    expect(address()).toBe(`${PAGE}?env=prod`);
    await userEvent.click(
      screen.getByRole('button', { name: 'Request release dev' }),
    );
    await sheetOf(RELEASE);
    expect(address()).toBe(`${PAGE}?env=prod&ask=dev`);
  });

  it('by a link, that closes without leaving the page', async () => {
    const { address } = await renderReleases(`${PAGE}?ask=`, {
      api: new AskFixtureApi(),
    });
    const form = await sheetOf(RELEASE);
    expect(within(form).getByLabelText('To')).toHaveValue('prod');
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it('from the card of the Component', async () => {
    await renderReleases('/releases', {
      api: new AskFixtureApi(),
      element: (
        <EntityProvider entity={component}>
          <WhereItRunsCard />
        </EntityProvider>
      ),
    });
    expect(
      await screen.findByRole('link', { name: 'Request release' }),
    ).toHaveAttribute('href', `${PAGE}?ask=`);
  });

  it('from the Component’s own links', async () => {
    function Links() {
      return (
        <>
          <p>{useFormLink('ask')}</p>
          <p>{useFormLink('rollback')}</p>
        </>
      );
    }
    await renderReleases('/releases', {
      api: new AskFixtureApi(),
      element: (
        <EntityProvider entity={component}>
          <Links />
        </EntityProvider>
      ),
    });
    const tab = '/catalog/default/component/ledger-api-0/releases';
    expect(screen.getByText(`${tab}?ask=`)).toBeInTheDocument();
    expect(screen.getByText(`${tab}?rollback=`)).toBeInTheDocument();
  });

  it('once on the tab of a Component that is two services', async () => {
    const api = new AskFixtureApi({ mine: [] });
    api.board.rows[1] = {
      ...api.board.rows[1],
      entityRef: 'component:default/ledger-api-0',
    };
    const { address } = await renderReleases('/releases', {
      api,
      element: (
        <EntityProvider entity={component}>
          <EntityReleases />
        </EntityProvider>
      ),
    });
    const [first] = await screen.findAllByRole('button', {
      name: 'Request release prod',
    });
    await userEvent.click(first);
    await sheetOf(RELEASE);
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(address()).toBe(`/releases?ask=${CELL}`);
  });
});

describe('a request that waits', () => {
  const waiting = () => {
    const api = new AskFixtureApi();
    api.requests.push(
      api.makeRequest({ mayDecide: true }),
      api.makeRequest({ id: 'REQ-7', state: 'held', environment: 'staging' }),
      api.makeRequest({ id: 'REQ-8', state: 'approved' }),
      api.makeRequest({ id: 'REQ-9', state: 'rejected' }),
    );
    return api;
  };
  const lines = async () =>
    within(await screen.findByRole('list', { name: 'Requests that wait' }))
      .getAllByRole('listitem')
      .map(line => line.textContent);

  it('stands on the service’s page with its way to decide', async () => {
    await renderReleases(PAGE, { api: waiting() });
    expect(await lines()).toEqual([
      expect.stringMatching(
        /Waiting REQ-1042 → prod asked by Ana Ruiz 4 minutes ago Review REQ-1042/,
      ),
      expect.stringMatching(/Held REQ-7 → staging/),
      expect.stringMatching(/Being written REQ-8 → prod .*Open REQ-8/),
    ]);
    expect(
      screen.getByRole('link', { name: 'Review REQ-1042' }),
    ).toHaveAttribute('href', '/releases/requests/REQ-1042');
  });

  it('stands in the cell’s sheet, of its environment alone', async () => {
    await renderReleases(`/releases/board?open=${CELL}`, { api: waiting() });
    expect(await lines()).toEqual([
      expect.stringContaining('REQ-1042'),
      expect.stringContaining('REQ-8'),
    ]);
  });

  it('opens at the side of the board, and gives the cell its place back', async () => {
    const { address } = await renderReleases(
      `/releases/board?q=ledger&open=${CELL}`,
      { api: waiting() },
    );
    const title = document.title;
    await userEvent.click(
      await screen.findByRole('link', { name: 'Review REQ-1042' }),
    );
    expect(address()).toBe('/releases/board?q=ledger&open=REQ-1042');
    const sheet = await screen.findByRole('dialog', { name: 'REQ-1042' });
    const heading = await within(sheet).findByRole('heading', {
      name: 'Release ledger-api-0 to prod?',
    });
    expect(
      within(sheet).getByRole('button', { name: /^Approve release/ }),
    ).toBeInTheDocument();
    expect(document.title).toBe(title);
    heading.focus();
    await userEvent.keyboard('{Escape}');
    expect(address()).toBe(`/releases/board?q=ledger&open=${CELL}`);
    expect(screen.queryByRole('dialog', { name: 'REQ-1042' })).toBeNull();
    expect(await lines()).toHaveLength(2);
  });

  it('opens on the board that its address names, and leaves the board there', async () => {
    const { address } = await renderReleases(
      '/releases/board?q=ledger&open=REQ-1042',
      { api: waiting() },
    );
    const sheet = await screen.findByRole('dialog', { name: 'REQ-1042' });
    await within(sheet).findByRole('button', { name: /^Approve release/ });
    await userEvent.click(within(sheet).getByRole('button', { name: 'Close' }));
    expect(address()).toBe('/releases/board?q=ledger');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stands on the card, and comes and goes with the signals', async () => {
    const api = new AskFixtureApi();
    const { signal } = await renderReleases('/releases', {
      api,
      element: (
        <EntityProvider entity={component}>
          <WhereItRunsCard />
        </EntityProvider>
      ),
    });
    await screen.findByRole('link', { name: 'Request release' });
    expect(
      screen.queryByRole('list', { name: 'Requests that wait' }),
    ).toBeNull();
    api.requests.push(api.makeRequest());
    act(() => signal(1, 'requests'));
    expect(
      await screen.findByText('Waiting', undefined, { timeout: 3000 }),
    ).toBeInTheDocument();
    api.requests[0] = { ...api.requests[0], state: 'cancelled' };
    act(() => signal(2, 'requests'));
    await waitFor(() => expect(screen.queryByText('Waiting')).toBeNull(), {
      timeout: 3000,
    });
  });

  it('is not said to be absent where that isn’t known', async () => {
    const api = new AskFixtureApi();
    api.getRequests = async () => {
      throw Object.assign(new Error('away'), { statusCode: 503 });
    };
    await renderReleases(PAGE, { api });
    expect(
      await screen.findByText('Whether a request waits could not be loaded.'),
    ).toBeInTheDocument();
  });
});

describe('several services', () => {
  // By role each look costs seconds on a page of many rows.
  const tick = (count: number) =>
    [...document.querySelectorAll<HTMLElement>('.gc-row-tick')]
      .slice(0, count)
      .forEach(box => fireEvent.click(box));

  async function select(
    count: number,
    api = new AskFixtureApi({ mine: [], services: 4 }),
  ) {
    const page = await renderReleases('/releases/board?group=none&sort=name', {
      api,
    });
    fireEvent.click(await screen.findByText('Select services'));
    tick(count);
    return { ...page, api };
  }

  it('are promoted with one list of what it would come to', async () => {
    const given = new AskFixtureApi({ mine: [], services: 4 });
    given.preview = { supersedes: ['REQ-7'] };
    const { api } = await select(3, given);
    expect(screen.getAllByLabelText(/^Select \w+\//)).toHaveLength(4);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 3 services to prod…' }),
    );
    const sheet = await sheetOf('Promote 3 services to prod');
    const items = () => within(sheet).findAllByRole('listitem');
    expect(
      (await items()).filter(item =>
        /1111111.*2 changes.*It takes the place of REQ-7\./.test(
          item.textContent!,
        ),
      ),
    ).toHaveLength(3);
    await userEvent.click(
      within(sheet).getAllByRole('button', { name: /^Take out \w+/ })[0],
    );
    const button = await screen.findByRole('button', { name: 'Ask for all 2' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'false'),
    );
    await userEvent.type(
      within(sheet).getByLabelText('Why (optional)'),
      'Together',
    );
    await userEvent.click(button);
    expect(await screen.findAllByRole('link', { name: /REQ-/ })).toHaveLength(
      2,
    );
    expect(api.askedFor).toMatchObject([
      {
        reason: 'Together',
        wishes: [
          { environment: 'prod', intent: 'promote' },
          { environment: 'prod', intent: 'promote' },
        ],
      },
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryAllByRole('checkbox')).toEqual([]);
  });

  it('say of each why not all is well, who decides, and what changes', async () => {
    await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    const sheet = within(await sheetOf('Promote 2 services to prod'));
    const reasons = await sheet.findAllByRole('list', {
      name: 'Why not all is well',
    });
    expect(reasons.map(({ textContent }) => textContent!.trim())).toEqual(
      Array(2).fill(
        'Soaked 20 min It ran for 20 min in staging, and 30 min are wanted.',
      ),
    );
    expect(sheet.getAllByText('Dee Park and eli.voss can.')).toHaveLength(2);
    const [first, second] = sheet.getAllByText(/^1 manifest changed/);
    for (const fold of [first, second]) {
      const details = fold.closest('details')!;
      expect(details.open).toBe(false);
      await userEvent.click(fold);
      expect(details.open).toBe(true);
    }
    // Two of one name could not be told apart.
    const regions = sheet.getAllByRole('region', { name: /^Difference of/ });
    expect(
      new Set(regions.map(region => region.getAttribute('aria-label'))).size,
    ).toBe(2);
    await expectAccessible(screen.getByRole('dialog'));
  });

  it('are released as the newest of a branch, the main one to begin with', async () => {
    const { api } = await select(2);
    await userEvent.click(
      screen.getByRole('button', { name: 'Newest of a branch…' }),
    );
    const sheet = within(await sheetOf('Release 2 services to prod'));
    const field = sheet.getByLabelText('The newest build of a branch');
    expect(field).toHaveValue('master');
    await screen.findByRole('button', { name: 'Ask for all 2' });
    await userEvent.clear(field);
    expect(
      screen.getByRole('button', { name: /^Ask for/ }),
    ).toHaveAccessibleDescription('Choose what to release.');
    await userEvent.type(field, 'hotfix');
    const button = screen.getByRole('button', { name: 'Ask for all 2' });
    await waitFor(() =>
      expect(button).toHaveAttribute('aria-disabled', 'false'),
    );
    await userEvent.click(button);
    await screen.findAllByRole('link', { name: /REQ-/ });
    const wish = {
      environment: 'prod',
      intent: 'release-branch',
      branch: 'hotfix',
    };
    expect(api.askedFor[0].wishes).toMatchObject([wish, wish]);
    // Who types a name asks once for it, and never for half of it.
    expect(
      api.wished.flat().map(one => 'branch' in one && one.branch),
    ).not.toContain('hotf');
  });

  it.each([
    [false, undefined],
    [true, 24],
  ])(
    'are rolled back, and their auto-releases paused at the same time: %s',
    async (pause, hours) => {
      const api = new AskFixtureApi({ mine: [], services: 3 });
      api.preview = { autoReleaseOf: 'master', autoReleasePausable: true };
      await select(2, api);
      await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
      const sheet = within(await sheetOf('Roll back 2 services in prod'));
      const box = await sheet.findByLabelText('Pause auto-release for 24 h');
      expect(box).not.toBeChecked();
      if (pause) await userEvent.click(box);
      const all = screen.getByRole('button', { name: 'Ask for all 2' });
      await waitFor(() =>
        expect(all).toHaveAttribute('aria-disabled', 'false'),
      );
      await userEvent.click(all);
      await screen.findAllByRole('link', { name: /REQ-/ });
      expect(api.askedFor[0].pauseAutoReleaseHours).toBe(hours);
    },
  );

  it('wait, each of them, where a block has to be gone over', async () => {
    const api = new AskFixtureApi({ mine: [], services: 3 });
    api.preview = {
      requirement: { approvals: 0, platform: false, reason: 'Healthy before.' },
      waitsFor: 'override',
      deciders: [],
    };
    await select(2, api);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 2 services in prod'));
    expect(await sheet.findAllByText(/has to go over the block/)).toHaveLength(
      2,
    );
    expect(
      sheet.getByRole('button', { name: 'Ask for all 2' }),
    ).toHaveAttribute('aria-disabled', 'false');
    expect(sheet.queryByText(/it goes out at once/)).toBeNull();
  });

  it('are rolled back, each to its last release that stayed healthy', async () => {
    const api = new AskFixtureApi({ mine: [], services: 4 });
    const choices = api.getReleaseChoices.bind(api);
    const calls: string[] = [];
    api.getReleaseChoices = async (ref, environment) => {
      calls.push(ref.name);
      const given = await choices(ref, environment);
      return calls[0] === ref.name
        ? { ...given, rollbacks: [api.rollbackOf(8, { healthyForSeconds: 0 })] }
        : given;
    };
    api.preview = { autoReleaseOf: 'master' };
    await select(3, api);
    await userEvent.click(screen.getByRole('button', { name: 'Roll back…' }));
    const sheet = within(await sheetOf('Roll back 3 services in prod'));
    const unknown = await sheet.findByText(
      /There is no earlier release that could be chosen for you/,
    );
    const button = screen.getByRole('button', { name: 'Ask for all 3' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(sheet.getAllByText(/The next merge to master/)).toHaveLength(2);
    // Another program does them.
    expect(sheet.queryByRole('checkbox')).toBeNull();
    await userEvent.click(
      within(unknown.closest('li')!).getByRole('button', { name: /^Take out/ }),
    );
    const rest = await screen.findByRole('button', { name: 'Ask for all 2' });
    await waitFor(() => expect(rest).toHaveAttribute('aria-disabled', 'false'));
    await userEvent.click(rest);
    await screen.findAllByRole('link', { name: /REQ-/ });
    const wish = {
      environment: 'prod',
      intent: 'rollback',
      position: 107,
      revision: '7'.repeat(40),
    };
    expect(api.askedFor[0].wishes).toMatchObject([wish, wish]);
  });

  it('are asked for all or none: one that can’t be is named', async () => {
    const api = new AskFixtureApi({ mine: [], services: 4 });
    const preview = api.previewRequests.bind(api);
    api.previewRequests = async wishes =>
      (await preview(wishes)).map((one, i) =>
        i === 1
          ? {
              ...one,
              ask: { allowed: false, code: 'x', message: 'Already in prod.' },
            }
          : one,
      );
    await select(2, api);
    await userEvent.click(
      screen.getByRole('button', { name: 'Promote 2 services to prod…' }),
    );
    expect(await screen.findByText('Already in prod.')).toBeInTheDocument();
    const button = screen.getByRole('button', { name: 'Ask for all 2' });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription(/1 of them can’t be asked for/);
    await userEvent.click(button);
    expect(api.askedFor).toEqual([]);
  });

  it('have to be ticked first, and are at most twenty', async () => {
    await select(0, new AskFixtureApi({ mine: [], services: 22 }));
    const none = screen.getByText('Promote 0 services to prod…');
    expect(none).toHaveAttribute('aria-disabled', 'true');
    expect(none).toHaveAccessibleDescription('Tick services in the list.');
    tick(21);
    const many = screen.getByText('Promote 21 services to prod…');
    expect(many).toHaveAccessibleDescription(/At most 20 at once/);
    await userEvent.click(many);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
