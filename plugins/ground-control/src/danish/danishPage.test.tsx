import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, waitFor, within } from '@testing-library/react';
import { groundControlDanish } from '.';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { giveElementsHeight } from '../__testUtils__/renderReleases';
import plugin from '../alpha';
import { groundControlApiRef } from '../api';

giveElementsHeight(720);

/** Renders the board in an app of the new frontend system, with Danish installed. */
function renderBoard(defaultLanguage?: string) {
  renderTestApp({
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
      createFrontendModule({
        pluginId: 'app',
        extensions: groundControlDanish.map(resource =>
          TranslationBlueprint.make({
            name: resource.id,
            params: { resource },
          }),
        ),
      }),
    ],
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            'api:app/app-language': {
              config: { availableLanguages: ['en', 'da'], defaultLanguage },
            },
          },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
    initialRouteEntries: ['/releases/board'],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('a page in Danish', () => {
  beforeEach(() => window.localStorage.clear());

  it('shows its texts, numbers and times in Danish', async () => {
    renderBoard('da');
    const cell = within(await screen.findByRole('grid')).getAllByRole(
      'gridcell',
    )[2];
    expect(within(cell).getByRole('button')).toHaveAccessibleName(
      /^Registreret i Git, intet cluster melder tilbage [0-9a-f]{7} 27\sm Cy Holm 1 build bagud for staging$/,
    );
    expect(cell.querySelector('time')).toHaveAttribute(
      'title',
      expect.stringMatching(/^\d+\. \w+\.? \d{4}.* \d{2}\.\d{2}\.\d{2} UTC/),
    );
    expect(
      screen.getByRole('option', { name: 'Alle squads (24)' }),
    ).toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Tavle · Releases'));
  });

  it('stays English where nobody chose', async () => {
    renderBoard();
    expect(
      await screen.findByRole('option', { name: 'All squads (24)' }),
    ).toBeInTheDocument();
  });
});
