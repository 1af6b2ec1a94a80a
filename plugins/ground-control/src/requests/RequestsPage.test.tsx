import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { makeRefusal } from '../__testUtils__/FixtureRequests';
import { makeDetail } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';

const PAGE = '/releases/requests';

describe('RequestsPage', () => {
  it('shows what waits for the reader, with verdicts in words, and opens it', async () => {
    const { address } = await renderReleases(PAGE);
    const list = await screen.findByRole('list', { name: 'Waiting for me' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('ledger-api-0 → prod');
    expect(first).toHaveTextContent('asked by Ana Ruiz');
    expect(first).toHaveTextContent('4 minutes ago');
    expect(first).toHaveTextContent(/expires in 23h/);
    expect(first).toHaveTextContent(/1a2b3c4\S* 3 commits/);
    expect(second).toHaveTextContent('Soaked 20 min: warning');
    expect(
      screen.getByRole('link', { name: 'Waiting for me 2' }),
    ).toHaveAttribute('aria-current', 'page');
    const tabs = within(
      screen.getByRole('navigation', { name: 'Which requests' }),
    );
    expect(tabs.getByText('Waiting for others 1')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('link', {
        name: 'Review ledger-api-0 → prod REQ-1042',
      }),
    );
    expect(address()).toBe('/releases/requests/REQ-1042');
  });

  it('moves by keys, and Enter opens', async () => {
    const { address } = await renderReleases(PAGE);
    const [first, second] = await screen.findAllByRole('link', {
      name: /^Review/,
    });
    first.focus();
    await userEvent.keyboard('j');
    expect(second).toHaveFocus();
    await userEvent.keyboard('k{ArrowDown}');
    expect(second).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(first).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/releases/requests/REQ-1042');
  });

  it('says what a rollback is and undoes, and no number where it is not known', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.put(
      makeDetail(api.now, {
        request: { changeCount: { kind: 'builds', total: 1, undoes: true } },
      }),
    );
    const other = api.requestSet.read('REQ-1043');
    api.requestSet.put({
      ...other,
      request: { ...other.request, intent: 'rollback', changeCount: null },
    });
    await renderReleases(PAGE, { api });
    const [first, second] = await screen.findAllByRole('listitem');
    expect(first).not.toHaveTextContent('Roll back');
    expect(second).toHaveTextContent(/^\W*Roll back [\w-]+ → prod/);
    expect(
      within(second).getByRole('link', { name: /^Review Roll back/ }),
    ).toBeInTheDocument();
    expect(first).toHaveTextContent('undoes 1 build');
    expect(second).not.toHaveTextContent(/build|commit/);
  });

  it('fetches what is looked at before it is opened, once', async () => {
    const { api } = await renderReleases(PAGE);
    const getRequest = jest.spyOn(api, 'getRequest');
    const [first, second] = await screen.findAllByRole('link', {
      name: /^Review/,
    });
    const at = (screenX: number) => ({ screenX, screenY: 300 });
    const stay = () => new Promise(resolve => setTimeout(resolve, 300));
    // The list scrolls below a pointer that rests.
    fireEvent.mouseMove(first, at(10));
    fireEvent.mouseMove(second, at(10));
    await stay();
    expect(getRequest).not.toHaveBeenCalled();
    // It passes over one, and stays on the other.
    fireEvent.mouseMove(first, at(11));
    fireEvent.mouseMove(second, at(12));
    await waitFor(() => expect(getRequest).toHaveBeenCalled());
    fireEvent.mouseMove(second, at(13));
    await stay();
    expect(getRequest.mock.calls.map(([id]) => id)).toEqual(['REQ-1043']);
    // However long the page takes to be drawn, that is still fresh.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    await userEvent.click(second);
    expect(
      await screen.findByRole('heading', {
        name: 'Release ledger-worker-9 to prod?',
      }),
    ).toBeInTheDocument();
    clock.mockRestore();
    expect(getRequest).toHaveBeenCalledTimes(1);
  });

  it('fetches what the keys stay on, and says on the page why that failed', async () => {
    const { api } = await renderReleases(PAGE);
    const getRequest = jest
      .spyOn(api, 'getRequest')
      .mockRejectedValue(makeRefusal(500, 'Broken'));
    const [first] = await screen.findAllByRole('link', { name: /^Review/ });
    act(() => first.focus());
    await waitFor(() => expect(getRequest).toHaveBeenCalledTimes(1));
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('Broken');
    expect(getRequest).toHaveBeenCalledTimes(2);
  });

  it('asks again for what of the reader’s own lapsed, and says why it can’t be', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const mine = { entityRef: 'user:default/guest', name: 'Dee Park' };
    api.requestSet.details = [];
    (['outdated', 'expired', 'rejected', 'pending'] as const).forEach(
      (state, i) =>
        api.requestSet.put(
          makeDetail(api.now, {
            request: { id: `REQ-${i}`, state, requestedBy: mine },
          }),
        ),
    );
    const { address } = await renderReleases(`${PAGE}?status=mine`, { api });
    const lines = await screen.findAllByRole('listitem');
    expect(
      lines.map(line => within(line).queryAllByRole('button').length),
    ).toEqual([1, 1, 0, 0]);
    const repeat = jest
      .spyOn(api, 'repeatRequest')
      .mockRejectedValueOnce(makeRefusal(409, 'It would be b by now.'));
    const again = within(lines[0]).getByRole('button', {
      name: 'Ask again ledger-api-0 → prod REQ-0',
    });
    await userEvent.click(again);
    const alert = await within(lines[0]).findByRole('alert');
    expect(alert).toHaveTextContent('Not asked.');
    expect(alert).toHaveTextContent('It would be b by now.');
    await userEvent.click(again);
    await waitFor(() => expect(address()).toMatch(/requests\/REQ-11\d\d$/));
    expect(repeat.mock.calls.map(([id]) => id)).toEqual(['REQ-0', 'REQ-0']);
  });

  it('offers to ask again on nobody’s lines but the reader’s own', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.put(makeDetail(api.now, { request: { state: 'expired' } }));
    await renderReleases(`${PAGE}?status=decided`, { api });
    await screen.findByText('Expired');
    expect(screen.queryByRole('button', { name: /^Ask again/ })).toBeNull();
  });

  it('keeps tab and filters in the address', async () => {
    const { address } = await renderReleases(PAGE);
    await userEvent.click(
      await screen.findByRole('link', { name: /^Decided/ }),
    );
    expect(address()).toBe('/releases/requests?status=decided');
    expect(
      await screen.findByText('Written, on its way to the clusters'),
    ).toBeInTheDocument();
    await userEvent.selectOptions(
      await screen.findByLabelText('Environment'),
      await screen.findByRole('option', { name: 'dev' }),
    );
    expect(address()).toBe('/releases/requests?status=decided&env=dev');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show all' }),
    );
    expect(address()).toBe('/releases/requests?status=decided');
  });

  it.each([
    ['running', 'Done', 'fine'],
    ['no-clusters', 'Committed', 'recorded'],
    ['replaced', 'Replaced', 'past'],
    ['mirrored-unmeasured', 'There, not measured', 'unknown'],
    ['ingress-there', 'There, not measured', 'unknown'],
  ])('says how a request ended by %s', async (code, word, glyph) => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.details = [];
    api.requestSet.put(
      makeDetail(api.now, {
        request: { state: 'succeeded', code, mayDecide: false },
      }),
    );
    await renderReleases(`${PAGE}?status=decided`, { api });
    const line = (await screen.findByText(word)).closest('li')!;
    expect(line.querySelector('svg.gc-glyph')).toHaveAttribute(
      'data-status',
      glyph,
    );
  });

  it.each([
    ['', 'Nothing waits for your decision.'],
    ['?status=others', 'Nothing waits for others.'],
    ['?status=mine', 'You have asked for no release.'],
    ['?status=decided', 'No request has ended yet.'],
  ])('says why %s is empty', async (search, text) => {
    const api = new FixtureApi({ now: Date.now() });
    api.requestSet.details = [];
    await renderReleases(PAGE + search, { api });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('names what of the address it does not know', async () => {
    await renderReleases(`${PAGE}?status=foo`);
    expect(
      await screen.findByText('Filter status=foo was not recognised'),
    ).toBeInTheDocument();
  });

  it('says that access is missing, and what failed', async () => {
    const api = new FixtureApi({ now: Date.now() });
    api.getRequests = async () => {
      throw makeRefusal(
        403,
        'The permission ground-control.service.read is missing',
      );
    };
    await renderReleases(PAGE, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Ask a platform engineer for the permission ground-control.service.read.',
    );
  });

  it('takes what nobody knows for no empty inbox', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const { getRequests } = api;
    api.getRequests = async (...args) => ({
      ...(await getRequests.apply(api, args)),
      items: [],
      counts: { waiting: 0, others: 5, mine: 0 },
      waitingUnknown: 'The catalog does not answer.',
    });
    await renderReleases(PAGE, { api });
    expect(
      await screen.findByText('The catalog does not answer.'),
    ).toBeInTheDocument();
    const tabs = screen.getByRole('navigation', { name: /requests/i });
    expect(
      within(tabs)
        .getAllByRole('link')
        .map(({ textContent }) => textContent),
    ).toEqual(['Waiting for me', 'Waiting for others 5', 'Mine 0', 'Decided']);
  });

  it('asks anew when a request changed, and keeps what it has where that fails', async () => {
    const api = new FixtureApi({ now: Date.now() });
    const { signal } = await renderReleases(PAGE, { api });
    await screen.findAllByRole('link', { name: /^Review/ });
    api.requestSet.put(
      makeDetail(api.now, {
        request: {
          id: 'REQ-1050',
          service: { namespace: 'fx', name: 'fx-api' },
          // It ends within the hour, so it comes first.
          expiresAt: new Date(api.now + 20 * 60_000).toISOString(),
        },
      }),
    );
    signal(1, 'requests');
    await waitFor(() =>
      expect(
        screen.getAllByRole('link', { name: /^Review/ })[0],
      ).toHaveTextContent('fx-api → prod'),
    );
    api.getRequests = async () => {
      throw makeRefusal(500, 'Broken');
    };
    signal(2, 'requests');
    expect(await screen.findByText(/Not refreshed/)).toBeInTheDocument();
    expect(screen.getAllByRole('link', { name: /^Review/ })).toHaveLength(3);
  });
});
