import { Refusal } from './types';

/** Says that something may not be done, and why. */
export function refuse(code: string, message: string): Refusal {
  return { allowed: false, code, message };
}

/** A name from outside, as it is quoted to people. */
export function quote(name: string): string {
  return JSON.stringify(name.slice(0, 100));
}
