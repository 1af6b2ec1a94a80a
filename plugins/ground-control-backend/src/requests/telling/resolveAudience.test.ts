import { DecisionRow, RequestRow } from '../types';
import { resolveAudience } from './resolveAudience';

const ANA = 'user:default/ana.ruiz';
const DEE = 'user:default/dee.park';
const PAT = 'user:default/pat.moss';

const nobody = async () => [];

describe('resolveAudience', () => {
  it('tells the squad’s other leads what one of them did', async () => {
    const request = { number: 1, requested_by: ANA } as RequestRow;
    const overridden = { decided_by: DEE, decision: 'override' } as DecisionRow;
    expect(
      await resolveAudience(request, ['requester', 'leads'], {
        listDeciders: nobody,
        listLeads: async () => [DEE, PAT],
        readDecisions: async () => [overridden],
      }),
    ).toEqual([ANA, PAT]);
  });

  it('tells whom app-config names for the environment', async () => {
    const sources = {
      listDeciders: nobody,
      listLeads: nobody,
      readDecisions: async () => [],
      toldOfOverrides: (environment: string) =>
        environment === 'prod' ? 'group:default/releases-prod' : undefined,
    };
    const resolve = (environment: string) =>
      resolveAudience(
        { number: 1, environment, requested_by: ANA } as RequestRow,
        ['requester', 'configured'],
        sources,
      );
    expect(await resolve('prod')).toEqual([ANA, 'group:default/releases-prod']);
    expect(await resolve('dev')).toEqual([ANA]);
  });

  it('asks neither who asked nor who decided already to decide', async () => {
    const request = { number: 1, requested_by: ANA } as RequestRow;
    const approved = { decided_by: DEE, decision: 'approve' } as DecisionRow;
    expect(
      await resolveAudience(request, ['deciders'], {
        listDeciders: async () => [ANA, DEE, PAT],
        listLeads: nobody,
        readDecisions: async () => [approved],
      }),
    ).toEqual([PAT]);
  });
});
