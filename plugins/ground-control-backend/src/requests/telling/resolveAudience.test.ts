import { DecisionRow, RequestRow } from '../types';
import { resolveAudience } from './resolveAudience';

const ANA = 'user:default/ana.ruiz';
const DEE = 'user:default/dee.park';
const PAT = 'user:default/pat.moss';

describe('resolveAudience', () => {
  it('asks neither who asked nor who decided already to decide', async () => {
    const request = { number: 1, requested_by: ANA } as RequestRow;
    const approved = { decided_by: DEE, decision: 'approve' } as DecisionRow;
    expect(
      await resolveAudience(request, ['deciders'], {
        listDeciders: async () => [ANA, DEE, PAT],
        readDecisions: async () => [approved],
      }),
    ).toEqual([PAT]);
  });
});
