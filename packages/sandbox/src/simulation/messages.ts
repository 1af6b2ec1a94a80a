import type { Random } from '../lib/random.ts';

const FEATURES = [
  'add %s endpoint',
  'expose %s in the list',
  'publish event when %s changes',
  'support filtering by %s',
  'store %s with each entry',
  'validate %s before saving',
  'page through %s',
  'return %s as a decimal',
  'let back office correct %s',
  'read %s from the read model',
];
const FIXES = [
  'round %s half to even',
  'handle missing %s',
  'retry when %s is locked',
  'stop logging %s',
  'close rows after reading %s',
  "don't panic on empty %s",
  'use UTC for %s',
  'accept %s > 255 characters',
  'escape "%s" & friends in the feed',
  'time out after 5s while waiting for %s',
];
const CHORES = [
  'bump client to 4.2',
  'bump dependencies',
  'remove dead code around %s',
  'rename %s package',
  'add index on %s',
  'move %s to its own module',
  'raise memory limit',
  'delete unused feature flag',
  'cover %s with tests',
  'drop <legacy> %s table',
];
const THINGS = [
  'account id',
  'interest',
  'currency',
  'value date',
  'counterparty',
  'booking text',
  'customer segment',
  'IBAN',
  'card token',
  'limit',
  'fee',
  'balance',
  'exchange rate',
  'reference',
  'due date',
  'consent',
  'device id',
  'risk score',
  'address',
  'næste kørsel',
];
const BRANCHES = ['feature/%s', 'feature/%s', 'fix/%s', 'spike-%s', 'try/%s'];

function fill(template: string, random: Random): string {
  return template.replace('%s', random.pick(THINGS));
}

/** A believable conventional commit message; now and then with a body. */
export function commitMessage(random: Random, scope: string): string {
  const roll = random.next();
  let subject: string;
  if (roll < 0.45) {
    subject = `feat(${scope}): ${fill(random.pick(FEATURES), random)}`;
  } else if (roll < 0.75) {
    subject = `fix: ${fill(random.pick(FIXES), random)}`;
  } else {
    subject = `chore: ${fill(random.pick(CHORES), random)}`;
  }
  const number = random.integer(100, 4000);
  const title = random.chance(0.7) ? `${subject} (#${number})` : subject;
  return random.chance(0.12)
    ? `${title}\n\nSeen in production on a few accounts. Discussed with the squad,\nsee the decision record.`
    : title;
}

/** A fix's message after a rollback. */
export function fixMessage(random: Random): string {
  return `fix: ${fill(random.pick(FIXES), random)} (#${random.integer(
    100,
    4000,
  )})`;
}

export function branchName(random: Random): string {
  const thing = random
    .pick(THINGS)
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
  return random.pick(BRANCHES).replace('%s', thing);
}
