import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import {
  giveElementsHeight,
  RenderedReleases,
  renderReleases,
} from '../__testUtils__/renderReleases';

const grid = () => screen.findByRole('grid');
const headersOf = (element: HTMLElement) =>
  within(element)
    .getAllByRole('rowheader')
    .map(header => header.querySelector('.gc-service-name')?.textContent);

giveElementsHeight(720);

describe('board', () => {
  it('shows my squad by default, and counts of all', async () => {
    await renderReleases('/releases/board');
    expect(headersOf(await grid())).toEqual(['ledger-api-0']);
    expect(screen.getByLabelText('Squad')).toHaveDisplayValue('Mine (1)');
    expect(
      screen.getByRole('option', { name: 'All squads (24)' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Board · Releases'));
    expect(document.querySelectorAll('main,[role=main]')).toHaveLength(1);
  });

  it('goes from /releases to the board and keeps the query', async () => {
    const { address } = await renderReleases('/releases?squad=all');
    await grid();
    expect(address()).toBe('/releases/board?squad=all');
  });

  it('shows all, grouped by squad, to somebody who owns nothing', async () => {
    await renderReleases('/releases/board', {
      api: new FixtureApi({ now: Date.now(), mine: [] }),
    });
    const header = within(await grid()).getByRole('button', {
      name: /squad-auth 1 service/,
    });
    expect(header).toHaveAttribute('aria-expanded', 'true');
  });

  it('says in words what a cell’s signs mean', async () => {
    await renderReleases('/releases/board');
    const cell = within(await grid()).getAllByRole('gridcell')[2];
    const button = within(cell).getByRole('button');
    expect(button).toHaveAccessibleName(
      /^Recorded in Git, no cluster reports [0-9a-f]{7} 27m Cy Holm 1 build behind staging$/,
    );
    expect(within(cell).getByTitle('1 build behind staging')).toBeVisible();
    expect(cell.querySelector('time')).toHaveAttribute(
      'title',
      expect.stringContaining('UTC'),
    );
  });

  it('marks in words services that are known in one place only', async () => {
    await renderReleases(
      '/releases/board?squad=all&group=none&state=attention',
      { api: new FixtureApi({ now: Date.now(), services: 61 }) },
    );
    await grid();
    expect(screen.getByText('only in the catalog')).toBeInTheDocument();
    expect(screen.getByText('not in the catalog')).toBeInTheDocument();
    expect(screen.getByText('1 problem')).toBeInTheDocument();
  });

  it('filters as one types, and writes the URL after a pause', async () => {
    const { address } = await renderReleases(
      '/releases/board?squad=all&group=none',
    );
    await grid();
    await userEvent.type(screen.getByLabelText('Filter'), 'pay store');
    await waitFor(async () =>
      expect(headersOf(await grid())).toEqual(['pay-store-9']),
    );
    expect(screen.getByTestId('board-summary')).toHaveTextContent(
      '1 of 24 services',
    );
    await waitFor(() => expect(address()).toContain('q=pay+store'));
  });

  it('puts every choice into the URL', async () => {
    const { address } = await renderReleases('/releases/board');
    await grid();
    const choose = (label: string, option: string) =>
      userEvent.selectOptions(screen.getByLabelText(label), option);
    await choose('Squad', 'all');
    await choose('State', 'behind');
    await choose('Environment', 'prod');
    await choose('Group', 'none');
    await choose('Sort', 'behind');
    await choose('Density', 'compact');
    expect(new URL(address(), 'http://x').search).toBe(
      '?squad=all&env=prod&state=behind&group=none&sort=behind&density=compact',
    );
    expect(screen.getAllByRole('columnheader')).toHaveLength(3);
  });

  it('names what of the URL it does not know, and lets one remove it', async () => {
    const { address } = await renderReleases(
      '/releases/board?sort=sideways&env=moon&squad=group:default/nobody',
    );
    expect(
      await screen.findByText('Filter sort=sideways was not recognised'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Filter env=moon was not recognised'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(address()).toBe('/releases/board');
    expect(headersOf(await grid())).toEqual(['ledger-api-0']);
  });

  it('says what hides all rows, and shows them again', async () => {
    await renderReleases('/releases/board?squad=all&group=none&q=zzz');
    expect(
      await screen.findByText('24 are hidden by the filters.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(headersOf(await grid()).length).toBeGreaterThan(20);
  });

  it('says that nothing is known where nothing is', async () => {
    await renderReleases('/releases/board', {
      api: new FixtureApi({ now: Date.now(), services: 0 }),
    });
    expect(
      await screen.findByText('No service is known yet.'),
    ).toBeInTheDocument();
  });

  it('collapses a squad to its header', async () => {
    await renderReleases('/releases/board?squad=all');
    const header = within(await grid()).getByRole('button', {
      name: /squad-auth 1 service/,
    });
    expect(headersOf(await grid())).toContain('auth-worker-6');
    await userEvent.click(header);
    expect(header).toHaveAttribute('aria-expanded', 'false');
    expect(headersOf(await grid())).not.toContain('auth-worker-6');
    expect(headersOf(await grid()).length).toBeGreaterThan(10);
  });

  it('is one tab stop, in which arrows and letters move', async () => {
    await renderReleases('/releases/board?squad=all&group=none&sort=name');
    const board = await grid();
    expect(board.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    const first = within(board).getAllByRole('rowheader')[0];
    act(() => within(first).getByRole('link').focus());
    await userEvent.keyboard('{ArrowDown}l');
    const second = within(board).getAllByRole('row')[2];
    expect(second).toContainElement(document.activeElement as HTMLElement);
    expect(document.activeElement?.closest('[aria-colindex]')).toHaveAttribute(
      'aria-colindex',
      '2',
    );
    await userEvent.keyboard('{Control>}{End}{/Control}');
    expect(document.activeElement?.closest('[role=row]')).toHaveAttribute(
      'aria-rowindex',
      '25',
    );
    expect(board.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    await userEvent.keyboard('/');
    expect(screen.getByLabelText('Filter')).toHaveFocus();
  });

  it('tells assistive technology its whole size, and draws a part', async () => {
    await renderReleases('/releases/board?squad=all&group=none', {
      api: new FixtureApi({ now: Date.now(), services: 2000 }),
    });
    const board = await grid();
    expect(board).toHaveAttribute('aria-rowcount', '2001');
    const drawn = within(board).getAllByRole('row').length;
    expect(drawn).toBeGreaterThan(20);
    expect(drawn).toBeLessThan(60);
  });

  it('opens a cell’s sheet with Enter; Esc closes it and gives the focus back', async () => {
    const { address } = await renderReleases('/releases/board');
    const cell = within(await grid()).getAllByRole('gridcell')[2];
    const button = within(cell).getByRole('button');
    act(() => button.focus());
    await userEvent.keyboard('{Enter}');
    const sheet = await screen.findByRole('dialog', {
      name: 'ledger/ledger-api-0 in prod',
    });
    expect(address()).toContain('open=ledger%2Fledger-api-0%40prod');
    expect(await within(sheet).findByText('Last releases')).toBeVisible();
    expect(within(sheet).getAllByRole('listitem').length).toBeGreaterThan(9);
    expect(
      within(sheet).getByRole('link', { name: /Compare with staging/ }),
    ).toHaveAttribute(
      'href',
      '/releases/services/ledger/ledger-api-0?from=prod&to=staging',
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(address()).toBe('/releases/board');
    expect(button).toHaveFocus();
  });

  it('draws what is only recorded without the colour of health', async () => {
    await renderReleases('/releases/board');
    const glyphs = (await grid()).querySelectorAll('[data-status=recorded]');
    expect(glyphs.length).toBeGreaterThan(0);
    glyphs.forEach(glyph => {
      expect(glyph).toHaveClass('gc-quiet');
      expect(glyph).not.toHaveClass('gc-ok');
    });
  });

  it('copies a link that means the same squads to everybody', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await renderReleases('/releases/board?sort=name');
    await grid();
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    const copied = new URL(write.mock.calls[0][0]);
    expect(copied.searchParams.get('squad')).toBe('group:default/ledger');
    expect(copied.searchParams.get('sort')).toBe('name');
    write.mockRestore();
  });

  it('says so where the browser does not allow copying', async () => {
    const user = userEvent.setup();
    const write = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('denied'));
    await renderReleases('/releases/board');
    const cell = within(await grid()).getAllByRole('gridcell')[2];
    act(() => within(cell).getByRole('button').focus());
    await user.keyboard('c');
    expect(
      await screen.findByText('The browser did not allow copying.'),
    ).toBeInTheDocument();
    write.mockRestore();
  });

  it('folds what is seldom changed where there is little room', async () => {
    const width = jest
      .spyOn(Element.prototype, 'getBoundingClientRect')
      .mockReturnValue({ width: 360, height: 700, top: 0 } as DOMRect);
    const { address } = await renderReleases(
      '/releases/board?squad=all&column=dev',
    );
    await grid();
    const shown = () =>
      screen.getAllByRole('columnheader').map(header => header.textContent);
    expect(shown()).toEqual(['Service', 'dev']);
    await userEvent.click(screen.getByRole('button', { name: 'staging' }));
    expect(shown()).toEqual(['Service', 'staging']);
    expect(address()).toBe('/releases/board?squad=all&column=staging');
    expect(screen.queryByLabelText('Sort')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'More filters' }));
    expect(screen.getByLabelText('Sort')).toBeInTheDocument();
    width.mockRestore();
  });

  it('explains its signs', async () => {
    await renderReleases('/releases/board');
    await grid();
    await userEvent.click(screen.getByText('Signs and keys'));
    expect(
      screen.getByText('commits or builds behind the environment before'),
    ).toBeVisible();
  });

  it('marks two environments of a service with x and compares them', async () => {
    const { address } = await renderReleases('/releases/board');
    const cells = within(await grid()).getAllByRole('gridcell');
    act(() => within(cells[0]).getByRole('button').focus());
    await userEvent.keyboard('x');
    expect(screen.getByText(/ledger-api-0 in dev marked/)).toBeInTheDocument();
    await userEvent.keyboard('{ArrowRight}x');
    expect(address()).toBe(
      '/releases/services/ledger/ledger-api-0?from=dev&to=staging',
    );
  });
});

describe('live board', () => {
  const firstNames = async () => headersOf(await grid()).slice(0, 2);

  async function signalAfterChange(rendered: RenderedReleases, name: string) {
    const { api } = rendered;
    const at = api.board.rows.findIndex(row => row.service.name === name);
    const rows = [...api.board.rows];
    rows[at] = { ...rows[at], problems: 3 };
    api.board = { ...api.board, rows };
    act(() => rendered.signal(at));
    await waitFor(() =>
      expect(screen.getAllByText(/3 problems|changed order/)[0]).toBeVisible(),
    );
  }

  it('asks again after a signal, and reorders when nobody is in the grid', async () => {
    const rendered = await renderReleases(
      '/releases/board?squad=all&group=none',
    );
    const before = await firstNames();
    expect(before).not.toContain('pay-store-9');
    await signalAfterChange(rendered, 'pay-store-9');
    expect((await firstNames())[0]).toBe('pay-store-9');
  });

  it('holds the order while the focus is in the grid, until U', async () => {
    const rendered = await renderReleases(
      '/releases/board?squad=all&group=none',
    );
    const before = await firstNames();
    const first = within(await grid()).getAllByRole('rowheader')[0];
    act(() => within(first).getByRole('link').focus());
    await signalAfterChange(rendered, 'pay-store-9');
    expect(await firstNames()).toEqual(before);
    expect(screen.getByText(/rows changed order/)).toBeInTheDocument();
    await userEvent.keyboard('u');
    expect((await firstNames())[0]).toBe('pay-store-9');
    expect(screen.queryByText(/changed order/)).toBeNull();
    expect(first.querySelector('a')).toHaveFocus();
  });

  it('keeps the old rows when a refresh fails, and says so', async () => {
    const rendered = await renderReleases('/releases/board');
    await grid();
    rendered.api.getBoard = async () => {
      throw Object.assign(new Error('away'), { name: 'TypeError' });
    };
    act(() => rendered.signal(1));
    expect(
      await screen.findByText(/Not refreshed: .*can’t be reached/),
    ).toBeInTheDocument();
    expect(headersOf(await grid())).toEqual(['ledger-api-0']);
  });

  it('shows why it can’t be loaded, with the request id, and tries again', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const good = api.getBoard.bind(api);
    api.getBoard = async () => {
      throw Object.assign(new Error('no'), {
        statusCode: 500,
        response: { headers: new Headers({ 'x-request-id': 'r-77' }) },
      });
    };
    await renderReleases('/releases/board', { api });
    expect(await screen.findByText('Request id: r-77')).toBeInTheDocument();
    api.getBoard = good;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(headersOf(await grid())).toEqual(['ledger-api-0']);
  });

  it('names the permission that was refused, and no other', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const refuse = (message: string) => async () => {
      throw Object.assign(new Error(message), { statusCode: 403 });
    };
    api.getBoard = refuse(
      'No: the permission ground-control.repository.read is missing',
    );
    await renderReleases('/releases/board', { api });
    expect(
      await screen.findByText(
        'Ask a platform engineer for the permission ground-control.repository.read.',
      ),
    ).toBeInTheDocument();
    api.getBoard = refuse('Forbidden');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByText('Ask a platform engineer for access.'),
    ).toBeInTheDocument();
  });

  it.each([
    ['forbidden', { statusCode: 403 }, 'You have no access to this.'],
    ['signed out', { statusCode: 401 }, 'Signed out.'],
    ['slow', { name: 'TimeoutError' }, /did not answer within 8 s/],
  ])('tells %s from the rest', async (_, error, text) => {
    const api = new FixtureApi({ now: Date.now() });
    api.getBoard = async () => {
      throw Object.assign(new Error('no'), error);
    };
    await renderReleases('/releases/board', { api });
    expect(await screen.findByText(text)).toBeInTheDocument();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  it.each([
    ['ingesting', { progress: { done: 4300, total: 9000 } }, /4,300 of 9,000/],
    ['stale', { reason: 'Last read at 14:02.' }, /stale. Last read at 14:02./],
    [
      'forbidden',
      { reason: 'Token expired.' },
      /access refused. Token expired/,
    ],
    ['empty', {}, /The branch main .* has no commit/],
    ['starting', {}, /being read for the first time/],
  ] as const)(
    'says that the config repository is %s',
    async (state, part, text) => {
      await renderReleases('/releases/board', {
        api: new FixtureApi({
          now: Date.now(),
          repository: { state, ...part },
        }),
      });
      expect(await screen.findByText(text)).toBeInTheDocument();
      expect(await grid()).toBeInTheDocument();
    },
  );
});
