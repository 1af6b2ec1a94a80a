import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { appendAudit } from '../../audit/appendAudit';
import { addStep } from '../addStep';
import { auditAccess } from '../auditAccess';
import { refusalError } from '../refusalError';
import { lockRequests } from '../store/lockRequests';
import { RequestRow } from '../types';
import { decideTooSoon } from './decideTooSoon';
import { overtaken } from './overtaken';
import { readLastReminder, REMINDED } from './readLastReminder';
import { RequestDesk } from './RequestDesk';

/** Has those who decide a request reminded of it. */
export class RemindService {
  constructor(private readonly desk: RequestDesk) {}

  /** Leaves a step, which they are told of as of any other. */
  async remind(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    const { hub, knex, now } = this.desk.options;
    const entered = await this.desk.enter(credentials, number, 'remind');
    const { person, examined } = entered;
    await this.desk.check(entered, 'remind', examined.permits.remind);
    const at = now().getTime();
    const reminded = await knex.transaction(async tx => {
      const [row] = await lockRequests(tx, [number]);
      if (row?.state !== 'pending') throw overtaken();
      // Two who click at once remind them once.
      const tooSoon = decideTooSoon(await readLastReminder(tx, number), at);
      if (tooSoon) throw refusalError(tooSoon);
      await addStep(tx, {
        number,
        at,
        code: REMINDED,
        by: person.entityRef,
        byName: person.name,
      });
      await appendAudit(tx, {
        at,
        actor: person.entityRef,
        action: 'request.reminded',
        environment: row.environment,
        service: { namespace: row.namespace, name: row.service },
        number,
        details: {
          ...auditAccess(row),
          reminded: examined.deciders.map(({ entityRef }) => entityRef),
        },
      });
      return row;
    });
    await hub.publish({ kind: 'requests' });
    return reminded;
  }
}
