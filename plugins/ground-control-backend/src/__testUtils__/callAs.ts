import { mockCredentials, TestBackend } from '@backstage/backend-test-utils';
import request from 'supertest';

/** @returns what calls the plugin as a person: GET, or POST where it has a body */
export function callAs({ server }: TestBackend) {
  return async (by: string, path: string, body?: object) => {
    const agent = request(server);
    const url = `/api/ground-control/v1${path}`;
    const answer = await (body
      ? agent.post(url).send(body)
      : agent.get(url)
    ).set('authorization', mockCredentials.user.header(`user:default/${by}`));
    return answer.body;
  };
}

/** What a lead who saw everything sends, of a request's page. */
export const approvalOf = ({ evidence, verdicts }: any) => ({
  decision: 'approve',
  evidence,
  accepted: verdicts
    .filter(({ level }: any) => level === 'warning')
    .map(({ policy, reason }: any) => ({ policy, reason })),
});
