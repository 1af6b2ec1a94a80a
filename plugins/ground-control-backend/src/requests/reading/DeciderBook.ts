import { Deciders, DecidersService } from '../people/DecidersService';

/**
 * A list only says what is likely to wait for somebody; whether they may decide
 * is asked anew when they do. So it needs no answer of this very moment, and
 * lists that are read at once ask the catalog once.
 */
const KEPT_MS = 15_000;

/** What of the requests of squads somebody may decide. */
export interface Standing {
  /** Squads that they lead. */
  leadOf: string[];
  /** Squads that nobody leads, whose requests are the platform engineers'. */
  orphans: string[];
  /** Squads that one person leads, whose own requests are theirs too. */
  ledAlone: Array<[squad: string, lead: string]>;
  isPlatform: boolean;
}

interface Kept<T> {
  readAt: number;
  value: Promise<T>;
}

/** Remembers for a moment who decides for whom, for lists. */
export class DeciderBook {
  private readonly squads = new Map<string, Kept<Deciders>>();
  private readonly platform = new Map<string, Kept<string[]>>();

  constructor(
    private readonly deciders: Pick<
      DecidersService,
      'readDeciders' | 'readPlatformEngineers'
    >,
  ) {}

  /** @param squads - entity refs, each of which costs one question at most */
  async readStanding(
    person: string,
    squads: string[],
    now: number,
  ): Promise<Standing> {
    const [platform, ...found] = await Promise.all([
      keep(this.platform, 'all', now, () =>
        this.deciders.readPlatformEngineers(),
      ),
      ...squads.map(async squad => {
        const { leads } = await keep(this.squads, squad, now, () =>
          this.deciders.readDeciders({
            squadRef: squad,
            platformNeeded: false,
          }),
        );
        return { squad, leads };
      }),
    ]);
    return {
      leadOf: found
        .filter(({ leads }) => leads.includes(person))
        .map(({ squad }) => squad),
      orphans: found
        .filter(({ leads }) => leads.length === 0)
        .map(({ squad }) => squad),
      ledAlone: found
        .filter(({ leads }) => new Set(leads).size === 1)
        .map(({ squad, leads }) => [squad, leads[0]]),
      isPlatform: platform.includes(person),
    };
  }
}

function keep<T>(
  book: Map<string, Kept<T>>,
  key: string,
  now: number,
  read: () => Promise<T>,
): Promise<T> {
  const known = book.get(key);
  if (known && Math.abs(now - known.readAt) < KEPT_MS) return known.value;
  const value = read().catch(error => {
    // An older answer is better than no list, and none is taken for an answer.
    if (known) book.set(key, known);
    else book.delete(key);
    if (known) return known.value;
    throw error;
  });
  book.set(key, { readAt: now, value });
  return value;
}
