import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makeDetail } from '../__testUtils__/makeRequest';
import { renderReleases } from '../__testUtils__/renderReleases';
import {
  APPROVE,
  REQUEST_PATH,
  showRequest,
} from './__testUtils__/showRequest';

describe('useInbox', () => {
  it('goes through the inbox by keys and links, in its order', async () => {
    const { address, api } = await showRequest();
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    await userEvent.keyboard('[[');
    expect(address()).toBe(REQUEST_PATH);
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
    // Where the focus is nowhere, as on a page that has just come, keys are the
    // page's.
    act(() => comment.blur());
    expect(document.body).toHaveFocus();
    await userEvent.keyboard('[[');
    expect(address()).toBe(REQUEST_PATH);
    // Elsewhere in the portal they aren't.
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    const search = document.body.appendChild(document.createElement('button'));
    search.focus();
    await userEvent.keyboard(']');
    expect(address()).toBe(REQUEST_PATH);
    search.remove();
    // A click beside everything leaves the focus on the page.
    await userEvent.click(screen.getByText('1 of 2'));
    await userEvent.keyboard(']');
    expect(address()).toBe('/releases/requests/REQ-1043');
    await userEvent.keyboard('[[');
    expect(address()).toBe(REQUEST_PATH);
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
    const { address } = await showRequest({}, '/releases/requests/REQ-1043');
    expect(await screen.findByText('2 of 2')).toBeInTheDocument();
    for (const box of screen.getAllByRole('checkbox')) {
      await userEvent.click(box);
    }
    await userEvent.click(screen.getByRole('button', { name: APPROVE }));
    await screen.findByRole('heading', { name: 'Approved, being written' });
    await userEvent.keyboard(']');
    expect(address()).toBe(REQUEST_PATH);
  });
});
