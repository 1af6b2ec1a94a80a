import { parseBody } from './parse';
import {
  askBody,
  cancelBody,
  decisionBody,
  overrideBody,
  previewBody,
  repeatBody,
} from './requestBodies';

const place = {
  service: { namespace: '', name: 'ledger-api' },
  environment: 'prod',
};
const evidence = 'a'.repeat(64);
const ask = (wish: object, more: object = {}) => ({
  wishes: [wish],
  idempotencyKey: 'form-1',
  ...more,
});

describe('Bodies of requests', () => {
  it.each([
    [askBody, ask({ ...place, intent: 'promote' })],
    [askBody, ask({ ...place, intent: 'release-branch', branch: 'fix/x' })],
    [askBody, ask({ ...place, intent: 'release-artifact', artifactId: 'x' })],
    [
      askBody,
      ask(
        { ...place, intent: 'rollback', position: 7 },
        { reason: 'Why', pauseAutoReleaseHours: 24 },
      ),
    ],
    [previewBody, { wishes: [{ ...place, intent: 'promote' }] }],
    [
      decisionBody,
      {
        decision: 'approve',
        evidence,
        accepted: [{ policy: 'soak', reason: 'Soaked 20 min.' }],
      },
    ],
    [decisionBody, { decision: 'reject', evidence, comment: 'No' }],
    [overrideBody, { evidence, reason: 'Payments fail; incident 4711' }],
    [cancelBody, {}],
    [repeatBody, { idempotencyKey: 'form-2' }],
  ])('are read as they are, %#', (schema, body) => {
    expect(parseBody(schema, body)).toEqual(body);
  });

  it.each([
    [askBody, [], 'body: '],
    [askBody, {}, 'wishes: '],
    [askBody, { wishes: [], idempotencyKey: 'x' }, 'wishes: '],
    [
      askBody,
      ask({ ...place, intent: 'promote' }, { requestedBy: 'user:default/x' }),
      "'requestedBy'",
    ],
    [
      askBody,
      { wishes: Array(21).fill({ ...place, intent: 'promote' }) },
      'wishes: ',
    ],
    [askBody, ask({ ...place, intent: 'auto-release' }), 'wishes.0.intent: '],
    [
      askBody,
      ask({ ...place, intent: 'rollback', position: 2 ** 31 }),
      'wishes.0.position: ',
    ],
    [askBody, ask({ ...place, intent: 'rollback' }), 'wishes.0.position: '],
    [
      askBody,
      ask({ ...place, environment: 'a\0b', intent: 'promote' }),
      'wishes.0.environment: may not contain the character NUL',
    ],
    [
      askBody,
      ask({
        ...place,
        service: { namespace: '', name: '' },
        intent: 'promote',
      }),
      'wishes.0.service.name: may not be empty',
    ],
    [
      askBody,
      ask({ ...place, intent: 'promote' }, { pauseAutoReleaseHours: 169 }),
      'pauseAutoReleaseHours: ',
    ],
    [decisionBody, { decision: 'maybe', evidence }, 'decision: '],
    [decisionBody, { decision: 'approve', evidence: 'x' }, 'evidence: '],
    [
      decisionBody,
      { decision: 'approve', evidence, decidedBy: 'user:default/x' },
      "'decidedBy'",
    ],
    [
      overrideBody,
      { evidence, reason: `short ${' '.repeat(30)}` },
      'reason: say why in 20 characters',
    ],
    [cancelBody, { by: 'x' }, "'by'"],
    [repeatBody, { idempotencyKey: 'a b' }, 'idempotencyKey: '],
    [repeatBody, { idempotencyKey: 'x'.repeat(101) }, 'idempotencyKey: '],
  ])('are refused with what is wrong, %#', (schema, body, words) => {
    expect(() => parseBody(schema, body)).toThrow(words);
  });
});
