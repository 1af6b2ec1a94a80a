import { describeRequests } from '../__testUtils__/describeRequests';
import {
  as,
  EXPIRE_AFTER_MS,
  groupOf,
  RequestsFixture,
} from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { commitDecision } from './commitDecision';
import { outdateRequest } from './outdateRequest';

describeRequests('Deciding', world => {
  let fixture: RequestsFixture;
  let artifactId: string;

  beforeEach(() => {
    fixture = world.fixture;
    [, artifactId] = world.artifactIds;
  });

  const approve = async (number: number, by: string) =>
    fixture.requests.decide(as(by), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
    });

  it('rejects with a comment, and not without', async () => {
    const { number } = await fixture.ask({ artifactId });
    const reject = async (comment?: string) =>
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'reject',
        evidence: await fixture.evidence(number),
        ...(comment && { comment }),
      });
    await expect(reject()).rejects.toMatchObject({ name: 'InputError' });
    await expect(reject(' \n ')).rejects.toMatchObject({ name: 'InputError' });
    expect(await reject('Not on a Friday')).toMatchObject({
      state: 'rejected',
      message: 'Not on a Friday',
    });
  });

  it('keeps in its own words what somebody approved without', async () => {
    const { number } = await fixture.ask({ artifactId });
    const accept = (policy: string) => ({ policy, reason: 'Forged.' });
    await fixture.requests.decide(as('dee.park'), number, {
      decision: 'approve',
      evidence: await fixture.evidence(number),
      accepted: ['without-difference', 'without-commits', 'nonsense'].map(
        accept,
      ),
    });
    const texts = [
      'Approved without the commits, which were not available.',
      'Approved without the difference, which was not available.',
    ];
    const [{ accepted }] = await fixture.knex('release_request_decisions');
    expect(JSON.parse(accepted)).toEqual(texts);
    const { details } = await fixture
      .knex('audit_entries')
      .where({ action: 'request.approved' })
      .first();
    expect(JSON.parse(details).accepted).toEqual([
      `without-commits: ${texts[0]}`,
      `without-difference: ${texts[1]}`,
    ]);
  });

  describe('once time is over', () => {
    const GONE = {
      name: 'GoneError',
      statusCode: 410,
      code: 'expired',
      message: 'This request expired.',
    };
    const refused = { allowed: false, code: GONE.code, message: GONE.message };
    let number: number;
    let evidence: string;

    beforeEach(async () => {
      fixture.policies.verdicts = [
        verdict('freeze', 'block', { momentary: true, overridable: true }),
      ];
      ({ number, evidence } = await fixture.ask({ artifactId }));
    });
    const pass = (ms: number) => {
      fixture.now = new Date(fixture.now.getTime() + ms);
    };
    const examine = () => fixture.requests.examine(as('dee.park'), number);
    const reason = 'Payments fail; incident 4711';

    it('lets nobody decide, though nothing has written it down yet', async () => {
      pass(EXPIRE_AFTER_MS - 1);
      expect((await examine()).permits).toMatchObject({
        approve: { allowed: true },
        override: { allowed: true },
        remind: { allowed: true },
      });
      pass(1);
      expect((await examine()).permits).toEqual({
        approve: refused,
        reject: refused,
        override: refused,
        remind: refused,
        cancel: { allowed: true },
      });
      await expect(approve(number, 'dee.park')).rejects.toMatchObject(GONE);
      await expect(
        fixture.requests.override(as('dee.park'), number, { evidence, reason }),
      ).rejects.toMatchObject(GONE);
      expect(await fixture.knex('release_request_decisions')).toEqual([]);
    });

    it.each(['approve', 'override'] as const)(
      'doesn’t %s what expires while it waits for the row',
      async decision => {
        const examined = await examine();
        const { hub, knex } = fixture;
        pass(EXPIRE_AFTER_MS);
        const entered = {
          person: {
            entityRef: 'user:default/dee.park',
            name: 'Dee',
            email: 'd',
          },
          examined,
        };
        const commit = () =>
          commitDecision({ hub, knex, now: () => fixture.now }, entered, {
            decision,
            accepted: [],
          });
        await expect(commit()).rejects.toMatchObject(GONE);
        await knex('release_requests').update({ state: 'expired' });
        await expect(commit()).rejects.toMatchObject(GONE);
        expect(await knex('release_request_decisions')).toEqual([]);
      },
    );
  });

  it('decides nothing while the store can’t be read', async () => {
    const { number, evidence } = await fixture.ask({ artifactId });
    fixture.storeFault = 'EIO';
    await expect(
      fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    fixture.storeFault = undefined;
    expect(
      await fixture.requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
      }),
    ).toMatchObject({ state: 'approved' });
  });

  it('has platform engineers decide where nobody leads the squad', async () => {
    await fixture.knex('services').update({ squad_ref: null });
    await fixture.knex('artifacts').update({ squad: null });
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'no squad',
    };
    const { number } = await fixture.ask({ artifactId });
    await fixture
      .knex('release_requests')
      .update({ squad_ref: null, artifact_squad_ref: null });
    expect(
      await fixture.requests.decide(as('pat.moss'), number, {
        decision: 'approve',
        evidence: await fixture.evidence(number),
      }),
    ).toMatchObject({ state: 'approved' });
  });

  it('has platform engineers decide where only the requester leads the squad', async () => {
    fixture.put(groupOf('squad-ledger', [], 'user:default/dee.park'));
    const { number } = await fixture.ask({ artifactId }, { by: 'dee.park' });
    const read = async (by: string) => fixture.requests.examine(as(by), number);
    const can =
      'Nobody but who asked leads group:default/squad-ledger, so Pat Moss of group:default/platform-engineers can.';
    expect(await read('dee.park')).toMatchObject({
      deciders: [{ name: 'Pat Moss', role: 'platform' }],
      permits: {
        approve: {
          code: 'requester',
          message: `You asked for this release, so you cannot decide it. ${can}`,
        },
        remind: { allowed: true },
      },
    });
    expect((await read('eli.voss')).permits.approve).toMatchObject({
      code: 'not-a-lead',
      message: `Only platform engineers decide this. ${can}`,
    });
    expect(await approve(number, 'pat.moss')).toMatchObject({
      state: 'approved',
    });
  });

  it.each([
    [
      'user:default/dee.park',
      'Nobody but who asked leads group:default/squad-ledger, and group:default/platform-engineers has nobody who could decide in their place. Name another lead by the annotation ground-control.dev/leads of group:default/squad-ledger.',
    ],
    [
      '',
      'Nobody leads group:default/squad-ledger in the catalog, and group:default/platform-engineers has nobody who could decide in their place. Name leads by the annotation ground-control.dev/leads of group:default/squad-ledger.',
    ],
  ])('says why nobody can decide where %j leads', async (leads, why) => {
    fixture.put(
      groupOf('squad-ledger', [], leads || undefined),
      groupOf('platform-engineers', []),
    );
    const { number } = await fixture.ask({ artifactId }, { by: 'dee.park' });
    const { permits } = await fixture.requests.examine(as('dee.park'), number);
    expect(permits.approve).toMatchObject({
      code: 'requester',
      message: `You asked for this release, so you cannot decide it. ${why}`,
    });
  });

  it('says when everybody has decided and one approval is missing', async () => {
    fixture.put(groupOf('squad-ledger', [], 'user:default/eli.voss'));
    fixture.policies.requirement = {
      approvals: 2,
      platform: false,
      reason: 'two',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await approve(number, 'eli.voss')).toMatchObject({
      state: 'pending',
    });
    const { permits } = await fixture.requests.examine(as('ana.ruiz'), number);
    expect(permits.approve).toMatchObject({
      message:
        'You asked for this release, so you cannot decide it. Everybody who could has decided already. Name another lead by the annotation ground-control.dev/leads of group:default/squad-ledger.',
    });
  });

  it('takes no second platform engineer for the squad’s lead', async () => {
    fixture.put(groupOf('platform-engineers', ['pat.moss', 'kim.dahl']));
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await approve(number, 'pat.moss')).toMatchObject({
      state: 'pending',
    });
    await expect(approve(number, 'kim.dahl')).rejects.toMatchObject({
      code: 'not-a-lead',
    });
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'approved',
    });
  });

  it('counts who leads and is a platform engineer as one of both', async () => {
    fixture.put(groupOf('platform-engineers', ['dee.park']));
    fixture.policies.requirement = {
      approvals: 1,
      platform: true,
      reason: 'both',
    };
    const { number } = await fixture.ask({ artifactId });
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'pending',
    });
    // The same again is the same one.
    expect(await approve(number, 'dee.park')).toMatchObject({
      state: 'pending',
    });
    expect(await approve(number, 'eli.voss')).toMatchObject({
      state: 'approved',
    });
  });

  describe('at the same moment', () => {
    let number: number;
    let evidence: string;

    beforeEach(async () => {
      ({ number } = await fixture.ask({ artifactId }));
    });

    /** Holds whoever decides until all of them have looked at the request. */
    const decideAtOnce = async (...people: string[]) => {
      evidence = await fixture.evidence(number);
      let looking = people.length;
      let go: () => void;
      const all = new Promise<void>(resolve => {
        go = resolve;
      });
      fixture.policies.meanwhile = async () => {
        looking -= 1;
        if (looking === 0) go();
        await all;
      };
      return Promise.allSettled(
        people.map(by =>
          fixture.requests.decide(as(by), number, {
            decision: 'approve',
            evidence,
          }),
        ),
      );
    };
    const read = () =>
      fixture.knex('release_requests').where({ number }).first();
    const roles = async () =>
      (await fixture.knex('release_request_decisions').pluck('role')).sort();

    it('counts both of two approvals', async () => {
      fixture.policies.requirement = {
        approvals: 2,
        platform: false,
        reason: 'two',
      };
      const results = await decideAtOnce('dee.park', 'eli.voss');
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
      ]);
      expect(await read()).toMatchObject({ state: 'approved' });
      expect(await roles()).toEqual(['lead', 'lead']);
      expect(await fixture.actions()).toEqual([
        'request.asked',
        'request.approved',
        'request.approved',
      ]);
    });

    it('counts two who both lead and are platform engineers as one of each', async () => {
      fixture.put(groupOf('platform-engineers', ['dee.park', 'eli.voss']));
      fixture.policies.requirement = {
        approvals: 1,
        platform: true,
        reason: 'both',
      };
      await decideAtOnce('dee.park', 'eli.voss');
      expect(await roles()).toEqual(['lead', 'platform']);
      expect(await read()).toMatchObject({ state: 'approved' });
    });

    it('takes the approval of one of two platform engineers', async () => {
      fixture.put(groupOf('platform-engineers', ['pat.moss', 'kim.dahl']));
      fixture.policies.requirement = {
        approvals: 1,
        platform: true,
        reason: 'both',
      };
      const results = await decideAtOnce('pat.moss', 'kim.dahl');
      expect(results).toContainEqual(
        expect.objectContaining({
          reason: expect.objectContaining({
            name: 'ConflictError',
            message: expect.stringMatching(/^Somebody was faster/),
          }),
        }),
      );
      expect(await roles()).toEqual(['platform']);
      expect(await read()).toMatchObject({ state: 'pending' });
    });

    it('isn’t shown anew to whoever comes second, once somebody approved it', async () => {
      const { knex, requests } = fixture;
      const warning = verdict('tests', 'warning');
      fixture.policies.requirement = {
        approvals: 2,
        platform: false,
        reason: 'two',
      };
      fixture.policies.verdicts = [warning];
      ({ number, evidence } = await fixture.ask({ artifactId }));
      fixture.policies.verdicts = [verdict('tests', 'pass')];
      const { look } = await requests.examine(as('eli.voss'), number);
      fixture.policies.verdicts = [warning];
      await requests.decide(as('dee.park'), number, {
        decision: 'approve',
        evidence,
        accepted: [{ policy: 'tests', reason: warning.reason }],
      });
      await knex.transaction(tx => outdateRequest(tx, { number, look, at: 1 }));
      expect(await read()).toMatchObject({
        state: 'outdated',
        code: 'verdict-better',
      });
    });

    it('takes no second approval on other verdicts than the first', async () => {
      fixture.policies.requirement = {
        approvals: 2,
        platform: false,
        reason: 'two',
      };
      const { hub, knex, requests } = fixture;
      const enter = async (by: string) => ({
        person: { entityRef: `user:default/${by}`, name: by, email: by },
        examined: await requests.examine(as(by), number),
      });
      const first = await enter('dee.park');
      fixture.policies.verdicts.push(verdict('own', 'pass'));
      const second = await enter('eli.voss');
      const commit = (entered: typeof first) =>
        commitDecision({ hub, knex, now: () => fixture.now }, entered, {
          decision: 'approve',
          accepted: [],
        });
      await commit(first);
      await expect(commit(second)).rejects.toThrow(/^Somebody was faster/);
      expect(await roles()).toEqual(['lead']);
      // Who looks at it now sees what the first one did.
      expect(await commit(await enter('eli.voss'))).toMatchObject({
        state: 'approved',
      });
    });
  });
});
