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
  /** Whose build is released by itself; absent where none waits. */
  authors?: {
    /** The reader's address. */
    own: string;
    /** Squads that one person leads, with their address. */
    ledAlone: Array<[squad: string, address: string]>;
  };
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
      'readAddresses' | 'readDeciders' | 'readPlatformEngineers'
    >,
  ) {}

  /**
   * @param squads - entity refs, each of which costs one question at most
   * @param automatic - those of them for which a build waits that is released
   * by itself; null for one that no squad owns
   */
  async readStanding(
    person: string,
    squads: string[],
    now: number,
    automatic: Array<string | null> = [],
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
    const ledAlone = found
      .filter(({ leads }) => new Set(leads).size === 1)
      .map(({ squad, leads }): [string, string] => [squad, leads[0]]);
    return {
      leadOf: found
        .filter(({ leads }) => leads.includes(person))
        .map(({ squad }) => squad),
      orphans: found
        .filter(({ leads }) => leads.length === 0)
        .map(({ squad }) => squad),
      ledAlone,
      isPlatform: platform.includes(person),
      ...(automatic.length > 0 && {
        authors: await this.readAuthors(
          person,
          ledAlone.filter(([squad]) => automatic.includes(squad)),
        ),
      }),
    };
  }

  private async readAuthors(
    person: string,
    ledAlone: Array<[squad: string, lead: string]>,
  ): Promise<Standing['authors']> {
    const leads = ledAlone.map(([, lead]) => lead);
    const [own, ...others] = await this.deciders.readAddresses([
      person,
      ...leads,
    ]);
    return {
      own,
      ledAlone: others.map((address, i) => [ledAlone[i][0], address]),
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
