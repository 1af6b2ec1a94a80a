import { isExported } from '../clusters/linkerd/isExported.ts';
import { hashNumber } from '../lib/hash.ts';
import type { Company, Service } from './types.ts';

/** Of each squad, so many services say whom they call. */
const CALLERS_OF_SQUAD = 4;
/** Fewer services that may be called, and any of them may. */
const FEW = 3;

/** What services say of each other in the catalog; keys are their names. */
export interface DeclaredCalls {
  dependsOn: ReadonlyMap<string, string[]>;
  /** Whose API they consume. */
  consumes: ReadonlyMap<string, string[]>;
  /** Services that provide an API that somebody consumes. */
  providers: readonly Service[];
}

/**
 * A few calls for each squad, to services of other squads that other clusters
 * may call. As in life, the catalog doesn't know of most that are made.
 */
export function declaredCalls({
  seed,
  squads,
  services,
}: Company): DeclaredCalls {
  const known = services.filter(one => one.inCatalog && one.inRepository);
  const exported = known.filter(({ name }) => isExported(name));
  const callees = exported.length < FEW ? known : exported;
  const dependsOn = new Map<string, string[]>();
  const consumes = new Map<string, string[]>();
  const consumed = new Set<string>();
  const byLuck = (all: readonly Service[], ...what: string[]) =>
    all
      .map(one => ({ one, luck: hashNumber(seed, ...what, one.name) }))
      .sort((a, b) => a.luck - b.luck)
      .map(({ one }) => one);
  for (const squad of squads) {
    const own = known.filter(one => one.squad.name === squad.name);
    const others = callees.filter(one => one.squad.name !== squad.name);
    byLuck(own, 'declares')
      .slice(0, CALLERS_OF_SQUAD)
      .forEach((caller, index) => {
        const [direct, byApi] = byLuck(others, 'declared', caller.name);
        // Some name the service itself, some its API, and some one of each.
        if (direct && index % 3 !== 1) {
          dependsOn.set(caller.name, [direct.name]);
        }
        if (byApi && index % 3 !== 0) {
          consumes.set(caller.name, [byApi.name]);
          consumed.add(byApi.name);
        }
      });
  }
  return {
    dependsOn,
    consumes,
    providers: known.filter(({ name }) => consumed.has(name)),
  };
}
