import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { moveRequest } from '../moveRequest';
import { RequestRow } from '../types';
import { overtaken } from './overtaken';
import { RequestDesk } from './RequestDesk';

/** Takes requests back. */
export class CancelService {
  constructor(private readonly desk: RequestDesk) {}

  /** The same again changes nothing. */
  async cancel(
    credentials: BackstageCredentials,
    number: number,
  ): Promise<RequestRow> {
    const { hub, knex, now } = this.desk.options;
    const entered = await this.desk.enter(credentials, number, 'cancel');
    const { person, examined } = entered;
    if (examined.row.state === 'cancelled') return examined.row;
    await this.desk.check(entered, 'cancel', examined.permits.cancel);
    const moved = await knex.transaction(tx =>
      moveRequest(tx, {
        number,
        event: {
          type: 'cancel',
          at: now().getTime(),
          code: 'cancelled',
          actor: person.entityRef,
          actorName: person.name,
        },
      }),
    );
    if (!moved) throw overtaken();
    await hub.publish({ kind: 'requests' });
    return moved;
  }
}
