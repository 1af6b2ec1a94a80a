import { ControlError } from './types.ts';

/** Reads `on` or `off`. */
export function isOn(text: string): boolean {
  if (text !== 'on' && text !== 'off') {
    throw new ControlError(`Say on or off, not "${text}"`);
  }
  return text === 'on';
}
