import { ArtifactPlace } from '@ground-control/backstage-plugin-ground-control-common';
import { screen, within } from '@testing-library/react';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { renderReleases } from '../__testUtils__/renderReleases';

const since = '2026-11-20T09:00:00.000Z';
const until = '2026-11-21T09:00:00.000Z';

describe('where is my commit', () => {
  it.each<[Omit<ArtifactPlace, 'environment'>, RegExp]>([
    [
      { status: 'contained', since, currentArtifactId: 'master-2' },
      /^prod there now, since Nov 20, 2026.*, in another build that holds it · now there: master-2$/,
    ],
    [
      { status: 'contained', since, inferred: true },
      /^prod there now, since Nov 20, 2026.*, in a later build of the same branch$/,
    ],
    [
      { status: 'past', since, until, inferred: true },
      /^prod was there from Nov 20, 2026.* until Nov 21, 2026.*, itself or in a later build/,
    ],
    [{ status: 'past', since, until }, /^prod was there from .* until [^a]*$/],
  ])('says of %j what it is', async (place, text) => {
    const api = new FixtureApi({ now: Date.now() });
    const commit = api.board.rows[0].cells[0].commit!;
    const found = await api.findCommit(commit);
    found.matches[0].places = [{ environment: 'prod', ...place }];
    api.findCommit = async () => found;
    await renderReleases(`/releases/find?q=${commit}`, { api });
    const places = await screen.findByRole('list', { name: /Environments of/ });
    const item = within(places).getByRole('listitem');
    expect(item.textContent).toMatch(text);
    expect(item.querySelector('[data-status]')).toHaveAttribute(
      'data-status',
      place.status === 'past' ? 'past' : 'recorded',
    );
  });
});
