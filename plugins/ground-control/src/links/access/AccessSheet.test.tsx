import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AccessPreview,
  AccessWish,
} from '@ground-control/backstage-plugin-ground-control-common';
import { expectAccessible } from '../../__testUtils__/expectAccessible';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { makeRefusal } from '../../__testUtils__/FixtureRequests';
import { makeVerdict } from '../../__testUtils__/makeRequest';
import { renderReleases } from '../../__testUtils__/renderReleases';

const PAGE = '/links/gateway';
const TARGET: AccessWish = {
  kind: 'target',
  change: 'add',
  service: { namespace: 'ledger', name: 'ledger-api-0' },
  name: 'rating',
  dnsName: 'rating.example.com',
  cluster: 'gcp-prod-1',
  from: ['aws-prod-1'],
};

/** An API whose previews say something else, and which keeps what it was asked. */
function makeApi(part: Partial<AccessPreview> = {}) {
  const api = new FixtureApi({ now: Date.now() });
  const preview = api.previewAccess.bind(api);
  const previewed = jest.fn(
    async (wish: AccessWish, _signal?: AbortSignal) => ({
      ...(await preview(wish)),
      ...part,
    }),
  );
  api.previewAccess = previewed;
  return { api, previewed, asked: jest.spyOn(api, 'askForAccess') };
}

async function open(path = `${PAGE}?ask=1`, made = makeApi()) {
  const user = userEvent.setup();
  const page = await renderReleases(path, { api: made.api });
  const sheet = await screen.findByRole('dialog');
  return { ...made, ...page, user, sheet: within(sheet) };
}

type Opened = Awaited<ReturnType<typeof open>>;

const send = () => screen.getByRole('button', { name: 'Ask for approval' });
const expectOff = async (sentence: string | RegExp) => {
  await waitFor(() => expect(send()).toHaveAccessibleDescription(sentence));
  expect(send()).toHaveAttribute('aria-disabled', 'true');
};
const expectReady = () =>
  waitFor(() => expect(send()).toHaveAttribute('aria-disabled', 'false'));

/** Fills {@link TARGET} in. */
async function fill({ user, sheet }: Opened) {
  await user.click(sheet.getByRole('radio', { name: /outside of the mesh/ }));
  await user.type(sheet.getByLabelText(/^Name of the resource/), 'rating');
  await user.type(
    sheet.getByLabelText('Its name in DNS'),
    'rating.example.com',
  );
  await sheet.findByRole('option', { name: 'gcp-prod-1' });
  await user.selectOptions(
    sheet.getByLabelText('The cluster that it lies at'),
    'gcp-prod-1',
  );
  await user.click(sheet.getByRole('checkbox', { name: 'aws-prod-1' }));
}

describe('access is asked for', () => {
  it('on the page of entries, whose form closes and gives the focus back', async () => {
    const user = userEvent.setup();
    const { address } = await renderReleases(PAGE);
    const button = await screen.findByRole('button', {
      name: 'Ask for access',
    });
    await user.click(button);
    await screen.findByRole('dialog', { name: 'Ask for access' });
    expect(address()).toBe(`${PAGE}?ask=1`);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(button).toHaveFocus());
    expect(address()).toBe(PAGE);
  });

  it('says what is missing, one after the other, and asks nothing until then', async () => {
    const { sheet, user, previewed, container } = await open(
      `${PAGE}?ask=1&squad=group:default/ledger,group:default/pay`,
    );
    await screen.findByRole('option', { name: 'squad-pay' });
    await expectOff('Choose your service.');
    const mine = sheet.getByLabelText('My service');
    await user.type(mine, 'ledger/ledger-api-0');
    await expectOff('Name what is called.');
    await user.type(sheet.getByLabelText('Name of the service'), 'fx-api-4');
    await expectOff('Give its namespace.');
    await user.type(sheet.getByLabelText('Its namespace in Kubernetes'), 'fx');
    await expectOff('Give its port, 1 to 65535.');
    await user.type(sheet.getByLabelText('Its port'), '3000');
    await expectOff('Choose the cluster that it lies at.');
    await sheet.findByRole('option', { name: 'az-prod-1' });
    await user.selectOptions(
      sheet.getByLabelText('The cluster that it lies at'),
      'az-prod-1',
    );
    await expectOff('Choose where it is called from.');
    expect(sheet.queryByRole('checkbox', { name: 'az-prod-1' })).toBeNull();
    await user.click(send());
    expect(previewed).not.toHaveBeenCalled();
    await expectAccessible(container.querySelector('.gc-root')!);
  });

  it('for the only service of my squads', async () => {
    const { sheet } = await open();
    await waitFor(() =>
      expect(sheet.getByLabelText('My service')).toHaveValue(
        'ledger/ledger-api-0',
      ),
    );
  });

  it('for the service of the URL, from clusters or from outside of the mesh', async () => {
    const { sheet, user } = await open(
      `${PAGE}?ask=1&service=pay/pay-worker-1`,
    );
    expect(sheet.getByLabelText('My service')).toHaveValue('pay/pay-worker-1');
    const cluster = await sheet.findByRole('checkbox', { name: 'aws-prod-1' });
    const outside = sheet.getByRole('checkbox', {
      name: 'Outside of the mesh',
    });
    await user.click(cluster);
    await user.click(outside);
    expect(cluster).not.toBeChecked();
    expect(outside).toBeChecked();
    await user.click(cluster);
    expect(outside).not.toBeChecked();
  });

  it('as the URL fills it in, with what it names shown although nobody knows it', async () => {
    const opened = await open(
      `${PAGE}?ask=1&kind=ingress&name=rates&namespace=fx&port=80&cluster=moon-1&from=mars-1,aws-prod-1`,
    );
    const { sheet, user } = opened;
    await sheet.findByRole('option', { name: 'aws-prod-1' });
    expect(sheet.getByLabelText('Name of the service')).toHaveValue('rates');
    expect(sheet.getByLabelText(/^The cluster/)).toHaveValue('moon-1');
    for (const name of ['mars-1', 'aws-prod-1']) {
      expect(sheet.getByRole('checkbox', { name })).toBeChecked();
    }
    const namespace = sheet.getByLabelText('Its namespace in Kubernetes');
    expect(namespace).toHaveValue('fx');
    await user.type(sheet.getByLabelText('Name of the service'), '-2');
    expect(namespace).toHaveValue('');
  });

  it('shows before what it would come to, and goes to the request', async () => {
    const opened = await open();
    const { sheet, user, asked, address, container } = opened;
    await fill(opened);
    await expectReady();
    expect(
      sheet.getByText(/^- hostName: rating/, { selector: 'pre' }),
    ).toHaveTextContent('environment: gcp-prod-1');
    expect(sheet.getByText(/Entry is new/)).toBeInTheDocument();
    expect(
      sheet
        .getByRole('link', { name: 'aws-prod-1 → gcp-prod-1' })
        .closest('li'),
    ).toHaveTextContent('Normal ≈24 ms');
    expect(sheet.getByText(/whose entry it is/)).toHaveTextContent(
      'Dee Park can.',
    );
    const url = 'http://rating-gcp-prod-1.backbone-gateway.svc.cluster.local';
    await user.click(sheet.getByRole('button', { name: `Copy ${url}` }));
    expect(await sheet.findByText(`Copied: ${url}`)).toBeInTheDocument();
    const difference = sheet.getByText(/What changes in the file/);
    expect(difference).toHaveTextContent('+4 −0');
    await expectAccessible(container.querySelector('.gc-root')!);
    await user.type(sheet.getByLabelText(/^Why/), 'Ratings');
    await user.dblClick(send());
    await waitFor(() => expect(address()).toBe('/releases/requests/REQ-1050'));
    expect(asked.mock.calls).toEqual([
      [
        {
          wish: TARGET,
          reason: 'Ratings',
          idempotencyKey: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ],
    ]);
  });

  it('waits while it is judged, and gives up on what is no longer chosen', async () => {
    const made = makeApi();
    made.previewed.mockImplementation(() => new Promise(() => {}));
    const opened = await open(undefined, made);
    await fill(opened);
    await waitFor(() => expect(made.previewed).toHaveBeenCalledTimes(1));
    await expectOff('It is being judged.');
    await opened.user.click(
      opened.sheet.getByRole('checkbox', { name: 'az-prod-1' }),
    );
    await waitFor(() => expect(made.previewed).toHaveBeenCalledTimes(2));
    const [[first, before], [second, after]] = made.previewed.mock.calls;
    expect(first).toEqual(TARGET);
    expect(second.from).toEqual(['aws-prod-1', 'az-prod-1']);
    expect(before?.aborted).toBe(true);
    expect(after?.aborted).toBe(false);
  });

  it.each([
    [
      'a verdict blocks it',
      'blocked',
      'rating is declared already.',
      [makeVerdict('entry', 'block', { title: 'Already declared' })],
    ],
    [
      'the reader may not',
      'permission',
      'You may not ask for releases of ledger/ledger-api-0.',
      [],
    ],
  ])('not where %s', async (_, code, message, verdicts) => {
    const opened = await open(
      undefined,
      makeApi({ ask: { allowed: false, code, message }, verdicts }),
    );
    await fill(opened);
    await expectOff(message);
    for (const { title } of verdicts) {
      expect(opened.sheet.getByText(new RegExp(title))).toBeInTheDocument();
    }
    await opened.user.click(send());
    expect(opened.asked).not.toHaveBeenCalled();
  });

  it('says why nobody knows who decides, and what isn’t known of links and address', async () => {
    const opened = await open(
      undefined,
      makeApi({
        address: '',
        deciders: [],
        decidersUnknown: 'The catalog doesn’t answer.',
        links: [
          {
            from: 'aws-prod-1',
            to: 'gcp-prod-1',
            state: null,
            valueMs: null,
            approximate: false,
          },
        ],
      }),
    );
    await fill(opened);
    await expectReady();
    const { sheet } = opened;
    expect(sheet.getByText(/The catalog doesn’t answer/)).toBeInTheDocument();
    expect(sheet.getByText(/Not known before/)).toBeInTheDocument();
    expect(
      sheet
        .getByRole('link', { name: 'aws-prod-1 → gcp-prod-1' })
        .closest('li'),
    ).toHaveTextContent('not known');
  });

  it('says why it could not be judged', async () => {
    const made = makeApi();
    made.previewed.mockRejectedValue(
      makeRefusal(404, 'There is no service "rating".'),
    );
    const opened = await open(undefined, made);
    await fill(opened);
    await expectOff('It could not be judged. Try again.');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'There is no service "rating".',
    );
  });

  it('says why it was not asked, and asks the same again under the same key', async () => {
    const opened = await open();
    const { asked, user, address } = opened;
    asked.mockRejectedValueOnce(makeRefusal(409, 'REQ-7 is being written.'));
    await fill(opened);
    await expectReady();
    await user.click(send());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Not asked\..*REQ-7 is being written\./,
    );
    await user.click(send());
    await waitFor(() => expect(address()).toBe('/releases/requests/REQ-1050'));
    const [first, second] = asked.mock.calls.map(([ask]) => ask.idempotencyKey);
    expect(second).toBe(first);
  });

  it('not while entries can’t be read, and says so', async () => {
    const { api } = makeApi();
    api.getGatewayEntries = async () => {
      throw makeRefusal(403, 'You may not read clusters.');
    };
    await renderReleases(PAGE, { api });
    const button = await screen.findByRole('button', {
      name: 'Ask for access',
    });
    await waitFor(() =>
      expect(button).toHaveAccessibleDescription(/You may not read clusters/),
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('access is given up', () => {
  const REMOVE = { name: 'Remove access… credit-bureau at az-prod-1' };

  it('from its row, with who still uses it in sight', async () => {
    const made = makeApi({
      verdicts: [makeVerdict('users', 'warning', { title: 'Still in use' })],
      users: [
        {
          from: 'aws-prod-1',
          caller: { namespace: 'ledger', name: 'ledger-sync-8' },
          squad: 'group:default/ledger',
          calls: true,
        },
        {
          from: 'gcp-prod-1',
          caller: null,
          squad: 'group:default/pay',
          calls: false,
        },
      ],
      hiddenUsers: 2,
    });
    const user = userEvent.setup();
    const { address, container } = await renderReleases(PAGE, made);
    await user.click(await screen.findByRole('button', REMOVE));
    expect(address()).toBe(`${PAGE}?remove=target+credit-bureau+az-prod-1`);
    const sheet = within(
      await screen.findByRole('dialog', {
        name: 'Remove access to credit-bureau at az-prod-1',
      }),
    );
    await expectReady();
    expect(sheet.queryByRole('radio')).toBeNull();
    expect(
      sheet.getByRole('link', { name: 'ledger/ledger-sync-8' }).closest('li'),
    ).toHaveTextContent('calls it from aws-prod-1');
    expect(sheet.getByText(/a service of pay/)).toHaveTextContent(
      'may call it from gcp-prod-1',
    );
    expect(sheet.getByText('2 more whom you may not see')).toBeInTheDocument();
    expect(sheet.getByText(/Still in use/)).toBeInTheDocument();
    expect(sheet.getByText(/What changes in the file/)).toHaveTextContent(
      '+0 −4',
    );
    await expectAccessible(container.querySelector('.gc-root')!);
    await user.click(send());
    await waitFor(() => expect(address()).toBe('/releases/requests/REQ-1050'));
    expect(made.asked.mock.calls[0][0].wish).toEqual({
      kind: 'target',
      change: 'remove',
      service: { namespace: 'ledger', name: 'ledger-api-0' },
      name: 'credit-bureau',
      cluster: 'az-prod-1',
      from: ['aws-prod-1'],
    });
  });

  it('says so where nobody is known to use it', async () => {
    const { sheet } = await open(
      `${PAGE}?remove=target+credit-bureau+az-prod-1`,
    );
    expect(
      await sheet.findByText('Nobody is known to use it.'),
    ).toBeInTheDocument();
  });

  it('not of what nobody declared, nor of what isn’t there', async () => {
    const { sheet } = await open(`${PAGE}?squad=all&remove=target+gone+x`);
    await expectOff('There is no such entry, or you may not see it.');
    expect(sheet.queryByRole('alert')).toBeNull();
    expect(
      screen.queryByRole('button', { name: /Remove access… legacy-x/ }),
    ).toBeNull();
    expect(screen.getByRole('button', REMOVE)).toBeInTheDocument();
  });
});
