import { ReactElement } from 'react';
import { Route, Routes, useLocation } from 'react-router-dom';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { RenderResult } from '@testing-library/react';
import { StorageApi, storageApiRef } from '@backstage/core-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import {
  ChangeSignal,
  SIGNAL_CHANNEL,
} from '@ground-control/backstage-plugin-ground-control-common';
import { groundControlApiRef } from '../api';
import { LinksRouter } from '../links/LinksRouter';
import { ReleasesRouter } from '../pages/ReleasesRouter';
import { linksRouteRef, rootRouteRef } from '../routes';
import { FixtureApi } from './FixtureApi';

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

/**
 * Gives elements a height in the tests of a file, which jsdom doesn't: the grid
 * draws what fits.
 */
export function giveElementsHeight(height: number): void {
  const names = ['clientHeight', 'clientWidth'] as const;
  const before = names.map(name =>
    Object.getOwnPropertyDescriptor(Element.prototype, name),
  );
  beforeAll(() =>
    names.forEach(name =>
      Object.defineProperty(Element.prototype, name, {
        configurable: true,
        value: height,
      }),
    ),
  );
  afterAll(() =>
    names.forEach((name, i) =>
      Object.defineProperty(Element.prototype, name, before[i]!),
    ),
  );
}

/** A rendered page, and what surrounds it. */
export interface RenderedReleases extends RenderResult {
  api: FixtureApi;
  /** Path and query of where the portal is. */
  address(): string;
  /** Lets the backend say that something changed. */
  signal(sequence: number, kind?: ChangeSignal['kind']): void;
}

/** Renders the pages, or an element, at an address of a portal with the fixture as its backend. */
export async function renderReleases(
  path: string,
  options: {
    api?: FixtureApi;
    element?: ReactElement;
    /** What the person has chosen before. */
    storage?: StorageApi;
  } = {},
): Promise<RenderedReleases> {
  const api = options.api ?? new FixtureApi({ now: Date.now() });
  const listeners = new Set<(message: any) => void>();
  const signals = {
    subscribe: (channel: string, onMessage: (message: any) => void) => {
      if (channel === SIGNAL_CHANNEL) listeners.add(onMessage);
      return { unsubscribe: () => listeners.delete(onMessage) };
    },
  };
  const rendered = await renderInTestApp(
    <TestApiProvider
      apis={[
        [groundControlApiRef, api],
        [signalApiRef, signals],
        // The test app's own is one for all tests of a file.
        [storageApiRef, options.storage ?? mockApis.storage()],
      ]}
    >
      <Address />
      <Routes>
        <Route
          path="/releases/*"
          element={options.element ?? <ReleasesRouter />}
        />
        <Route path="/links/*" element={<LinksRouter />} />
        <Route path="/catalog/*" element={<p>The catalog</p>} />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/releases': rootRouteRef,
        '/links': linksRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
  return {
    ...rendered,
    api,
    address: () => rendered.getByTestId('address').textContent ?? '',
    signal: (sequence, kind = 'releases') =>
      listeners.forEach(tell => tell({ sequence, kind })),
  };
}
