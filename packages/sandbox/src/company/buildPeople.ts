import { Random } from '../lib/random.ts';
import type { Person } from './types.ts';
import { FIRST_NAMES, LAST_NAMES, OTHER_SCRIPTS } from './words.ts';

const EMAIL_DOMAIN = 'bank.example';

/** Letters that don't come apart into a base letter and a mark. */
const SPELT: Record<string, string> = {
  ø: 'oe',
  æ: 'ae',
  å: 'aa',
  ł: 'l',
  ß: 'ss',
  ı: 'i',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** A person's name as a catalog entity name: `Søren Møller` → `soeren.moeller`. */
export function entityNameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[øæåłßıđðþ]/g, letter => SPELT[letter])
    .normalize('NFD')
    .replace(/[^a-z -]/g, '')
    .trim()
    .replace(/ +/g, '.');
}

export function person(title: string, squad?: string, name?: string): Person {
  const entityName = name ?? entityNameOf(title);
  return {
    name: entityName,
    title,
    email: `${entityName}@${EMAIL_DOMAIN}`,
    squad,
  };
}

/** Hands out people whose names differ, always the same ones for a seed. */
export class PeopleMaker {
  private readonly random: Random;
  private readonly taken = new Set<string>();
  private readonly others = [...OTHER_SCRIPTS];

  constructor(seed: number) {
    this.random = Random.fromSeed(`people/${seed}`);
  }

  take(title: string, squad?: string): Person {
    const made = person(title, squad);
    this.taken.add(made.name);
    return made;
  }

  next(squad?: string): Person {
    const other = this.random.chance(0.04) ? this.others.pop() : undefined;
    if (other) {
      this.taken.add(other.name);
      return person(other.title, squad, other.name);
    }
    for (let attempt = 0; ; attempt++) {
      const first = this.random.pick(FIRST_NAMES);
      const middle = attempt > 3 ? `${this.random.pick(FIRST_NAMES)} ` : '';
      const made = person(
        `${first} ${middle}${this.random.pick(LAST_NAMES)}`,
        squad,
      );
      if (!this.taken.has(made.name)) {
        this.taken.add(made.name);
        return made;
      }
    }
  }
}
