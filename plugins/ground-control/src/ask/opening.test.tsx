import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityReleases } from '../entity/EntityReleases';
import { useFormLink } from '../entity/useFormLink';
import { WhereItRunsCard } from '../entity/WhereItRunsCard';
import {
  giveElementsHeight,
  renderReleases,
} from '../__testUtils__/renderReleases';
import { AskFixtureApi } from './__testUtils__/AskFixtureApi';

const PAGE = '/releases/services/ledger/ledger-api-0';
const CELL = 'ledger%2Fledger-api-0%40prod';
const RELEASE = 'Release ledger/ledger-api-0';
const ROLLBACK = 'Roll back ledger/ledger-api-0 in prod';

giveElementsHeight(720);

const prodCell = async () =>
  within(
    within(await screen.findByRole('grid')).getAllByRole('gridcell')[2],
  ).getByRole('button');

const sheetOf = (name: string | RegExp) =>
  screen.findByRole('dialog', { name });

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'ledger-api-0', namespace: 'default' },
  spec: { type: 'service' },
};

describe('the forms open', () => {
  it.each([
    ['r', RELEASE, 'ask'],
    ['b', ROLLBACK, 'rollback'],
  ])(
    'by the key %s on a cell of the board, and give the focus back',
    async (key, name, parameter) => {
      const { address, api } = await renderReleases('/releases/board', {
        api: new AskFixtureApi(),
      });
      const cell = await prodCell();
      act(() => cell.focus());
      await userEvent.keyboard(key);
      await sheetOf(name);
      expect(address()).toBe(`/releases/board?${parameter}=${CELL}`);
      expect(screen.getByRole('heading', { level: 2, name })).toHaveFocus();
      await userEvent.keyboard('{Escape}');
      await waitFor(() =>
        expect(screen.queryByRole('dialog', { name })).toBeNull(),
      );
      expect(address()).toBe('/releases/board');
      expect(await prodCell()).toHaveFocus();
      expect((api as AskFixtureApi).askedFor).toEqual([]);
    },
  );

  it('from a cell’s sheet, and closing one leads back to it', async () => {
    const { address } = await renderReleases('/releases/board', {
      api: new AskFixtureApi(),
    });
    await userEvent.click(await prodCell());
    await userEvent.click(
      within(await sheetOf('ledger/ledger-api-0 in prod')).getByRole('button', {
        name: 'Request release',
      }),
    );
    const form = await sheetOf(RELEASE);
    expect(address()).toBe(`/releases/board?open=${CELL}&ask=${CELL}`);
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await sheetOf('ledger/ledger-api-0 in prod');
    expect(address()).toBe(`/releases/board?open=${CELL}`);
  });

  it('not over another cell', async () => {
    const { address } = await renderReleases(
      `/releases/board?open=${CELL}&rollback=prod`,
      { api: new AskFixtureApi() },
    );
    await sheetOf(ROLLBACK);
    await userEvent.click(
      within(
        within(await screen.findByRole('grid')).getAllByRole('gridcell')[0],
      ).getByRole('button'),
    );
    await sheetOf('ledger/ledger-api-0 in dev');
    expect(screen.queryByRole('dialog', { name: ROLLBACK })).toBeNull();
    expect(address()).toBe('/releases/board?open=ledger%2Fledger-api-0%40dev');
  });

  it('from the panels of the service’s page, and give the focus back', async () => {
    const { address } = await renderReleases(`${PAGE}?env=prod`, {
      api: new AskFixtureApi(),
    });
    const button = await screen.findByRole('button', {
      name: 'Roll back… prod',
    });
    await userEvent.click(button);
    const form = await sheetOf(ROLLBACK);
    expect(address()).toBe(`${PAGE}?env=prod&rollback=prod`);
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(button).toHaveFocus());
    expect(address()).toBe(`${PAGE}?env=prod`);
    await userEvent.click(
      screen.getByRole('button', { name: 'Request release dev' }),
    );
    await sheetOf(RELEASE);
    expect(address()).toBe(`${PAGE}?env=prod&ask=dev`);
  });

  it('by a link, that closes without leaving the page', async () => {
    const { address } = await renderReleases(`${PAGE}?ask=`, {
      api: new AskFixtureApi(),
    });
    const form = await sheetOf(RELEASE);
    expect(within(form).getByLabelText('To')).toHaveValue('prod');
    await userEvent.click(within(form).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it('from the card of the Component', async () => {
    await renderReleases('/releases', {
      api: new AskFixtureApi(),
      element: (
        <EntityProvider entity={component}>
          <WhereItRunsCard />
        </EntityProvider>
      ),
    });
    expect(
      await screen.findByRole('link', { name: 'Request release' }),
    ).toHaveAttribute('href', `${PAGE}?ask=`);
  });

  it('from the Component’s own links', async () => {
    function Links() {
      return (
        <>
          <p>{useFormLink('ask')}</p>
          <p>{useFormLink('rollback')}</p>
        </>
      );
    }
    await renderReleases('/releases', {
      api: new AskFixtureApi(),
      element: (
        <EntityProvider entity={component}>
          <Links />
        </EntityProvider>
      ),
    });
    const tab = '/catalog/default/component/ledger-api-0/releases';
    expect(screen.getByText(`${tab}?ask=`)).toBeInTheDocument();
    expect(screen.getByText(`${tab}?rollback=`)).toBeInTheDocument();
  });

  it('once on the tab of a Component that is two services', async () => {
    const api = new AskFixtureApi({ mine: [] });
    api.board.rows[1] = {
      ...api.board.rows[1],
      entityRef: 'component:default/ledger-api-0',
    };
    const { address } = await renderReleases('/releases', {
      api,
      element: (
        <EntityProvider entity={component}>
          <EntityReleases />
        </EntityProvider>
      ),
    });
    const [first] = await screen.findAllByRole('button', {
      name: 'Request release prod',
    });
    await userEvent.click(first);
    await sheetOf(RELEASE);
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    expect(address()).toBe(`/releases?ask=${CELL}`);
  });
});
