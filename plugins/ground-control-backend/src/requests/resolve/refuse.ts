import { Refusal } from './types';

/** Says that something may not be done, and why. */
export function refuse(code: string, message: string): Refusal {
  return { allowed: false, code, message };
}
