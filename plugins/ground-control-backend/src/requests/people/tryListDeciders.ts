import { RequestDecider } from '@ground-control/backstage-plugin-ground-control-common';
import { DecidedBy, DecidersService } from './DecidersService';

export const DECIDERS_UNKNOWN =
  'Who may decide this can’t be told now, because the catalog doesn’t answer; try again in a minute.';

/** Who may decide, with their names, or why that can't be told: all else is shown without. */
export async function tryListDeciders(
  deciders: Pick<DecidersService, 'listDeciders'>,
  by: DecidedBy,
  options: { except: string[]; signal?: AbortSignal },
): Promise<{ deciders: RequestDecider[]; decidersUnknown?: string }> {
  try {
    return { deciders: await deciders.listDeciders(by, options) };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { deciders: [], decidersUnknown: DECIDERS_UNKNOWN };
  }
}
