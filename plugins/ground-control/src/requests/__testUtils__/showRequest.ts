import { screen } from '@testing-library/react';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { makeDetail } from '../../__testUtils__/makeRequest';
import { renderReleases } from '../../__testUtils__/renderReleases';

/** The page of the request that is shown where a test names none. */
export const REQUEST_PATH = '/releases/requests/REQ-1042';

/** The name of the button that approves. */
export const APPROVE = /^Approve release/;

/** What of a request is another than usual. */
export type DetailPart = Parameters<typeof makeDetail>[1];

type Decide = FixtureApi['decideRequest'];

type Shown = Awaited<ReturnType<typeof renderReleases>> & {
  decide: jest.SpyInstance<ReturnType<Decide>, Parameters<Decide>>;
};

/** Opens the page of a request, and watches what is decided. */
export async function showRequest(
  part: DetailPart = {},
  path = REQUEST_PATH,
): Promise<Shown> {
  const api = new FixtureApi({ now: Date.now() });
  api.requestSet.put(makeDetail(api.now, part));
  const decide = jest.spyOn(api, 'decideRequest');
  const rendered = await renderReleases(path, { api });
  await screen.findByRole('heading', { level: 2 });
  return { ...rendered, decide };
}
