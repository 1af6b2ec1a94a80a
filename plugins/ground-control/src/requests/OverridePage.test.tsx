import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { makeVerdict } from '../__testUtils__/makeRequest';
import {
  APPROVE,
  DetailPart,
  REQUEST_PATH,
  showRequest,
} from './__testUtils__/showRequest';

describe('OverridePage', () => {
  const blocked: DetailPart = {
    verdicts: [
      makeVerdict('branch', 'block', { title: 'Branch feature/x' }),
      makeVerdict('owner', 'block', { overridable: false }),
      makeVerdict('soak', 'warning', { title: 'Soaked 20 min' }),
    ],
    approve: {
      allowed: false,
      code: 'blocked',
      message: 'Blocked: branch feature/x may not go to prod.',
    },
    override: { allowed: true },
  };

  it('is offered where a block can be overridden, and wants reason and name', async () => {
    const { api, address } = await showRequest(blocked);
    expect(
      screen.getByRole('button', { name: APPROVE }),
    ).toHaveAccessibleDescription(
      'Blocked: branch feature/x may not go to prod.',
    );
    await userEvent.click(
      screen.getByRole('link', { name: 'Release anyway…' }),
    );
    const press = await screen.findByRole('button', { name: 'Release anyway' });
    expect(screen.getByText('Branch feature/x')).toBeInTheDocument();
    expect(screen.getByText('can’t be overridden')).toBeInTheDocument();
    expect(await screen.findByText(/^You are /)).toHaveTextContent('Guest');
    const override = jest.spyOn(api, 'overrideRequest');
    expect(press).toHaveAccessibleDescription(
      'Give a reason of at least 20 characters.',
    );
    await userEvent.type(
      screen.getByLabelText('Reason, with a link to the incident'),
      'Incident 4711: payments are down',
    );
    expect(press).toHaveAccessibleDescription(
      'Type the service’s name to confirm.',
    );
    await userEvent.click(press);
    expect(override).not.toHaveBeenCalled();
    await userEvent.type(
      screen.getByLabelText('Type ledger-api-0 to confirm'),
      'ledger-api-0',
    );
    expect(press).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(press);
    expect(override).not.toHaveBeenCalled();
    expect(screen.getByText(/Reason of soak\./)).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('I accept: Soaked 20 min'));
    await userEvent.click(press);
    expect(override).toHaveBeenCalledWith('REQ-1042', {
      evidence: 'evidence-1',
      reason: 'Incident 4711: payments are down',
      accepted: [{ policy: 'soak', reason: 'Reason of soak.' }],
    });
    await waitFor(() => expect(address()).toBe(REQUEST_PATH));
    expect(
      await screen.findByText('A block was overridden'),
    ).toBeInTheDocument();
  });

  it('wants a tick where nobody can tell which commits it brings', async () => {
    const { api } = await showRequest(
      {
        ...blocked,
        verdicts: [makeVerdict('branch', 'block')],
        changes: { kind: 'unknown', items: [] },
      },
      `${REQUEST_PATH}/override`,
    );
    const override = jest.spyOn(api, 'overrideRequest');
    await userEvent.type(
      screen.getByLabelText('Reason, with a link to the incident'),
      'Incident 4711: payments are down',
    );
    await userEvent.type(
      screen.getByLabelText('Type ledger-api-0 to confirm'),
      'ledger-api-0',
    );
    const press = screen.getByRole('button', { name: 'Release anyway' });
    expect(press).toHaveAccessibleDescription('Accept 1 warning to approve.');
    await userEvent.click(
      screen.getByLabelText('I approve without the commits'),
    );
    await userEvent.click(press);
    expect(override).toHaveBeenCalledWith(
      'REQ-1042',
      expect.objectContaining({
        accepted: [{ policy: 'without-commits', reason: '' }],
      }),
    );
  });

  it('says who can where the reader may not', async () => {
    await showRequest(
      {
        ...blocked,
        override: {
          allowed: false,
          code: 'not-a-lead',
          message: 'Only leads and platform engineers can override it.',
        },
      },
      `${REQUEST_PATH}/override`,
    );
    expect(
      screen.getByText('Only leads and platform engineers can override it.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Release anyway' })).toBeNull();
  });
});
