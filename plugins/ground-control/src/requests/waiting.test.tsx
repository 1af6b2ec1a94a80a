import { act, render, screen, waitFor } from '@testing-library/react';
import { identityApiRef } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { SIGNAL_CHANNEL } from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { ReleasesNavIcon } from '../components/ReleasesNavIcon';
import { ReleasesSidebarItem } from '../components/ReleasesSidebarItem';
import { rootRouteRef } from '../routes';
import { FixtureApi } from '../__testUtils__/FixtureApi';

function setUp() {
  const api = new FixtureApi({ now: Date.now() });
  const ask = jest.spyOn(api, 'getRequests');
  const listeners = new Set<(message: any) => void>();
  const signals = {
    subscribe: (channel: string, listener: (message: any) => void) => {
      expect(channel).toBe(SIGNAL_CHANNEL);
      listeners.add(listener);
      return { unsubscribe: () => listeners.delete(listener) };
    },
  };
  const identity = {
    getBackstageIdentity: async () => ({
      type: 'user' as const,
      userEntityRef: 'user:default/dee.park',
      ownershipEntityRefs: [],
    }),
  };
  const wrap = (element: JSX.Element) => (
    <TestApiProvider
      apis={[
        [groundControlApiRef, api],
        [signalApiRef, signals],
        [identityApiRef, identity as any],
      ]}
    >
      {element}
    </TestApiProvider>
  );
  const signal = (kind: string) =>
    listeners.forEach(tell => tell({ sequence: 1, kind }));
  return { api, ask, listeners, identity, wrap, signal };
}

describe('mark of waiting decisions', () => {
  it('is in words, asks once for all its places, and goes when none waits', async () => {
    const { api, ask, listeners, wrap, signal } = setUp();
    const { unmount } = await renderInTestApp(
      wrap(
        <>
          <ReleasesNavIcon />
          <ReleasesNavIcon />
          <ReleasesSidebarItem />
        </>,
      ),
      { mountedRoutes: { '/releases': rootRouteRef } },
    );
    expect(await screen.findAllByText('2 decisions waiting')).toHaveLength(3);
    expect(
      screen.getByRole('link', { name: 'Releases, 2 decisions waiting' }),
    ).toHaveAttribute('href', '/releases');
    expect(ask).toHaveBeenCalledTimes(1);
    expect(ask).toHaveBeenCalledWith({ status: 'waiting', limit: 1 });

    api.requestSet.details = [];
    signal('releases');
    act(() => signal('requests'));
    await waitFor(() =>
      expect(screen.queryByText(/decisions waiting/)).toBeNull(),
    );
    expect(ask).toHaveBeenCalledTimes(2);
    unmount();
    expect(listeners.size).toBe(0);
  });

  it('asks nothing while nobody is signed in, and needs no portal around it', async () => {
    const { ask, identity, wrap } = setUp();
    const signedIn = jest
      .spyOn(identity, 'getBackstageIdentity')
      .mockRejectedValue(new Error('Not signed in'));
    await renderInTestApp(wrap(<ReleasesNavIcon />));
    await waitFor(() => expect(signedIn).toHaveBeenCalled());
    expect(ask).not.toHaveBeenCalled();
    expect(screen.queryByText(/waiting/)).toBeNull();
    render(<ReleasesNavIcon />);
  });
});
