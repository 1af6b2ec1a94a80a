import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { insertAccess } from './__testUtils__/insertAccess';
import { insertRequest } from './__testUtils__/insertRequest';
import { moveRequest } from './moveRequest';
import { readRequestRow } from './store/readRequestRow';
import { readSteps } from './store/readSteps';
import { TRANSITIONS } from './transitions';
import { RequestEventType } from './types';

const databases = createTestDatabases();

/**
 * What is known of a request without the table: whether it was decided, held,
 * or ended, and whether its commit was seen.
 */
interface Model {
  decided: boolean;
  held: boolean;
  ended?: RequestState;
  committed: boolean;
  /** Of the commit: what came of it. */
  arrived?: 'succeeded' | 'failed';
  steps: RequestState[];
}

const ENDS: Partial<Record<RequestEventType, RequestState>> = {
  reject: 'rejected',
  cancel: 'cancelled',
  expire: 'expired',
  outdate: 'outdated',
  supersede: 'superseded',
};

/** What an event does by the words of the design; undefined when it can't happen. */
function expectMove(model: Model, type: RequestEventType) {
  const { decided, held, ended, committed, arrived } = model;
  const isOpen = !ended && !committed;
  switch (type) {
    case 'approve':
      return isOpen && !decided
        ? { state: 'approved', decided: true }
        : undefined;
    case 'reject':
      return isOpen && !decided
        ? { state: 'rejected', ended: 'rejected', decided: true }
        : undefined;
    case 'hold':
      return isOpen && decided && !held
        ? { state: 'held', held: true }
        : undefined;
    case 'resume':
      return isOpen && held ? { state: 'approved', held: false } : undefined;
    case 'expire':
      return isOpen && (!decided || held)
        ? { state: 'expired', ended: 'expired' }
        : undefined;
    case 'commit': {
      // What stands on the branch is the truth, whatever was thought before:
      // only what was never approved, or is known to be there, isn't moved.
      const seen = committed && arrived !== 'failed';
      const could = committed || (ended ? ended !== 'rejected' : decided);
      return could && !seen
        ? {
            state: 'committed',
            committed: true,
            ended: undefined,
            arrived: undefined,
          }
        : undefined;
    }
    case 'succeed':
      return committed && !arrived
        ? { state: 'succeeded', arrived: 'succeeded' }
        : undefined;
    case 'fail':
      if (committed) {
        return arrived ? undefined : { state: 'failed', arrived: 'failed' };
      }
      return isOpen && decided
        ? { state: 'failed', ended: 'failed' }
        : undefined;
    default:
      return isOpen ? { state: ENDS[type], ended: ENDS[type] } : undefined;
  }
}

interface Real {
  knex: Knex;
  number: number;
}

/** Has the event happen to both, and compares all that can be seen of it. */
async function runEvent(
  type: RequestEventType,
  model: Model,
  { knex, number }: Real,
) {
  const before = await readRequestRow(knex, number);
  const at = (before?.since ?? 0) + 1;
  const moved = await knex.transaction(tx =>
    moveRequest(tx, {
      number,
      event: {
        type,
        at,
        code: type,
        message: `It did ${type}`,
        actor: 'system:test',
      },
    }),
  );
  const after = await readRequestRow(knex, number);
  const expected = expectMove(model, type);
  if (expected) {
    const { state, ...rest } = expected;
    Object.assign(model, rest);
    model.steps.push(state as RequestState);
    expect(moved).toMatchObject({ number, state, since: at });
    expect(after).toEqual(moved);
  } else {
    expect(moved).toBeUndefined();
    expect(after).toEqual(before);
  }
  const steps = await readSteps(knex, number);
  expect(steps.map(step => step.state)).toEqual(model.steps);
  const audit = await knex('audit_entries').where({ number }).pluck('action');
  expect(audit).toHaveLength(model.steps.length);
  expect(after?.state).toBe(model.steps.at(-1) ?? 'pending');
}

class EventCommand implements fc.AsyncCommand<Model, Real> {
  constructor(private readonly type: RequestEventType) {}

  check = () => true;

  run = (model: Model, real: Real) => runEvent(this.type, model, real);

  toString = () => this.type;
}

const EVENTS: RequestEventType[] = [
  'approve',
  'reject',
  'cancel',
  'expire',
  'outdate',
  'supersede',
  'hold',
  'resume',
  'commit',
  'succeed',
  'fail',
];

/** What comes more often than once: an end comes soon enough, and little follows on it. */
const OFTEN: Partial<Record<RequestEventType, number>> = {
  approve: 8,
  hold: 6,
  resume: 3,
  commit: 2,
};

/** How a request comes into each state: `failed` with and without a commit. */
const PATHS: Array<[state: RequestState, path: RequestEventType[]]> = [
  ['pending', []],
  ['approved', ['approve']],
  ['held', ['approve', 'hold']],
  ['committed', ['approve', 'commit']],
  ['succeeded', ['approve', 'commit', 'succeed']],
  ['rejected', ['reject']],
  ['cancelled', ['cancel']],
  ['expired', ['expire']],
  ['outdated', ['outdate']],
  ['superseded', ['supersede']],
  ['failed', ['approve', 'fail']],
  ['failed', ['approve', 'commit', 'fail']],
];
const PAIRS = PATHS.flatMap(([state, path]) =>
  EVENTS.map(type => ({ state, path, type })),
);

const newModel = (): Model => ({
  decided: false,
  held: false,
  committed: false,
  steps: [],
});

describe('TRANSITIONS', () => {
  it('has no state or event that the tests below leave out', () => {
    expect(new Set(PATHS.map(([state]) => state))).toEqual(
      new Set(Object.keys(TRANSITIONS)),
    );
    const known = Object.values(TRANSITIONS).flatMap(to => Object.keys(to));
    expect(new Set(EVENTS)).toEqual(new Set(known));
  });

  it('leads nowhere back to a decision, and out of two ends nowhere', () => {
    const targets = Object.values(TRANSITIONS).flatMap(to => Object.values(to));
    expect(targets).not.toContain('pending');
    expect(TRANSITIONS.rejected).toEqual({});
    expect(TRANSITIONS.succeeded).toEqual({});
  });
});

describe.each(databases.eachSupportedId())('moveRequest, %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
  });

  it.each(PAIRS)(
    'does or refuses: $path, then $type',
    async ({ state, path, type }) => {
      const real = { knex, number: await insertRequest(knex) };
      const model = newModel();
      for (const step of path) await runEvent(step, model, real);
      expect(await readRequestRow(knex, real.number)).toMatchObject({ state });
      await runEvent(type, model, real);
    },
  );

  it('goes as the table says whatever happens in whatever order, and notes each move', async () => {
    const commands = EVENTS.flatMap(type =>
      Array.from({ length: OFTEN[type] ?? 1 }, () =>
        fc.constant(new EventCommand(type)),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        // By default most sequences end before there is a commit.
        fc.commands(commands, { maxCommands: 25, size: 'max' }),
        async sequence => {
          const number = await insertRequest(knex);
          await fc.asyncModelRun(
            () => ({ model: newModel(), real: { knex, number } }),
            sequence,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('notes of access which entry it is about, of releases nothing of it', async () => {
    const details = async (number: number) => {
      await knex.transaction(tx =>
        moveRequest(tx, {
          number,
          event: { type: 'cancel', at: 1, code: 'x', actor: 'system:test' },
        }),
      );
      const row = await knex('audit_entries').where({ number }).first();
      return JSON.parse(row.details);
    };
    expect(await details(await insertAccess(knex))).toEqual({
      code: 'x',
      intent: 'access-add',
      entry: 'ingress:az-1/payments/ledger-api',
    });
    expect(await details(await insertRequest(knex))).toEqual({ code: 'x' });
  });

  it('lets one of two that happen at the same moment come first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EVENTS),
        fc.constantFrom(...EVENTS),
        async (...types) => {
          const number = await insertRequest(knex, { state: 'approved' });
          const results = await Promise.all(
            types.map(type =>
              knex.transaction(tx =>
                moveRequest(tx, {
                  number,
                  event: { type, at: 1, code: type, actor: 'system:test' },
                }),
              ),
            ),
          );
          const inOrder = ([a, b]: RequestEventType[]) => {
            const first = TRANSITIONS.approved[a];
            const state = first ?? 'approved';
            return TRANSITIONS[state][b] ?? state;
          };
          const row = await readRequestRow(knex, number);
          expect([inOrder(types), inOrder([...types].reverse())]).toContain(
            row?.state,
          );
          const steps = await readSteps(knex, number);
          expect(steps).toHaveLength(results.filter(Boolean).length);
          expect(steps.at(-1)?.state ?? 'approved').toBe(row?.state);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('writes nothing of a move whose transaction fails', async () => {
    const number = await insertRequest(knex);
    const before = await knex('audit_head').first();
    await expect(
      knex.transaction(async tx => {
        await moveRequest(tx, {
          number,
          event: { type: 'approve', at: 1, code: 'x', actor: 'system:test' },
        });
        throw new Error('the database is gone');
      }),
    ).rejects.toThrow('the database is gone');
    expect(await readRequestRow(knex, number)).toMatchObject({
      state: 'pending',
    });
    expect(await readSteps(knex, number)).toEqual([]);
    expect(await knex('audit_head').first()).toEqual(before);
  });
});
