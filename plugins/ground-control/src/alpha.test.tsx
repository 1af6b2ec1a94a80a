import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import plugin from './alpha';
import { groundControlApiRef } from './api';
import { FixtureApi } from './__testUtils__/FixtureApi';

describe('new frontend system', () => {
  it('brings page, tabs, cards and API under one plugin', () => {
    expect(plugin.id).toBe('ground-control');
    for (const id of [
      'api:ground-control',
      'page:ground-control',
      'page:ground-control/links',
      'entity-content:ground-control/releases',
      'entity-content:ground-control/squad-releases',
      'entity-content:ground-control/cluster',
      'entity-card:ground-control/where-it-runs',
      'entity-card:ground-control/squad-state',
      'entity-icon-link:ground-control/request-release',
      'entity-context-menu-item:ground-control/roll-back',
    ]) {
      expect(plugin.getExtension(id as 'page:ground-control')).toBeDefined();
    }
  });

  it('shows a page with one main and a title', async () => {
    await renderTestApp({
      features: [
        plugin.withOverrides({
          extensions: [
            ApiBlueprint.make({
              params: define =>
                define({
                  api: groundControlApiRef,
                  deps: {},
                  factory: () => new FixtureApi({ now: Date.now() }),
                }),
            }),
          ],
        }),
      ],
      initialRouteEntries: ['/releases/find'],
    });
    expect(
      await screen.findByRole('heading', { name: 'Where is my commit?' }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(document.title).toBe('Where is my commit? · Releases'),
    );
    expect(document.querySelectorAll('main,[role=main]')).toHaveLength(1);
    expect(screen.getByRole('link', { name: 'Board' })).toHaveAttribute(
      'href',
      '/releases/board',
    );
  });
});
