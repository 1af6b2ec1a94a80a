import { screen } from '@testing-library/react';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { renderReleases } from '../__testUtils__/renderReleases';

describe('RepositoryState', () => {
  it.each([
    '/releases/services/ledger/ledger-api-0',
    '/releases/activity',
    '/releases/find?q=0123456',
  ])('says on %s that the config repository isn’t read', async path => {
    await renderReleases(path, {
      api: new FixtureApi({
        now: Date.now(),
        repository: { state: 'forbidden', reason: 'Token expired.' },
      }),
    });
    expect(
      await screen.findByText(/access refused. Token expired/),
    ).toBeVisible();
  });
});
