import { screen, waitFor, within } from '@testing-library/react';
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
    expect(first).toHaveTextContent('1a2b3c4');
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
    await waitFor(
      () =>
        expect(
          screen.getAllByRole('link', { name: /^Review/ })[0],
        ).toHaveTextContent('fx-api → prod'),
      { timeout: 4_000 },
    );
    api.getRequests = async () => {
      throw makeRefusal(500, 'Broken');
    };
    signal(2, 'requests');
    expect(
      await screen.findByText(/Not refreshed/, {}, { timeout: 4_000 }),
    ).toBeInTheDocument();
    expect(screen.getAllByRole('link', { name: /^Review/ })).toHaveLength(3);
  });
});
