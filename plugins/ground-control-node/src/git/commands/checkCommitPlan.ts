import { InputError } from '@backstage/errors';
import { findPathFault } from '../findPathFault';
import { requireObjectId } from '../objectId';
import { CommitPlan, GitIdentity } from '../writing';

/**
 * Throws an InputError for a plan that git would read as something else than
 * it says: a name or path that ends a line begins a command of its own.
 */
export function checkCommitPlan(plan: CommitPlan): void {
  checkIdentity('author', plan.author);
  checkIdentity('committer', plan.committer);
  if (!Number.isFinite(plan.at.getTime()) || plan.at.getTime() < 0) {
    throw new InputError('The time of a commit must be after 1970');
  }
  if (!/[^\s]/.test(plan.message) || !plan.message.endsWith('\n')) {
    throw new InputError('A commit message must end with a line feed');
  }
  if (plan.message.includes('\0') || !plan.message.isWellFormed()) {
    throw new InputError(
      'A commit message must be well-formed Unicode without NUL',
    );
  }
  for (const change of plan.changes) {
    const fault = findPathFault(change.path);
    if (fault) {
      throw new InputError(
        `The path ${JSON.stringify(change.path).slice(0, 200)} ${fault}`,
      );
    }
    if (change.kind === 'graft') requireObjectId(change.object);
  }
}

function checkIdentity(what: string, { name, email }: GitIdentity): void {
  for (const text of [name, email]) {
    if (/[\p{Cc}<>]/u.test(text) || !text.isWellFormed()) {
      throw new InputError(
        `The ${what} of a commit may not have '<', '>' or line ends in name or address`,
      );
    }
  }
  if (name.trim() === '' || email.trim() === '') {
    throw new InputError(`The ${what} of a commit must have name and address`);
  }
}
