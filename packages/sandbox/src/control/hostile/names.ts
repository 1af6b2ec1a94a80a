import { oddRelease } from './types.ts';
import type { HandCommit } from './types.ts';

const NAMES = [
  'n'.repeat(240),
  'long-'.repeat(60),
  'сервис',
  '服务-api',
  'خدمة',
  '-rf',
  '--upload-pack=touch',
  'name with spaces',
  'tab\there',
  'quote"back\\slash',
  'line\nbreak',
  '%2e%2e%2fetc',
  '$(id)',
  '<b>bold</b>',
  'constructor',
  '__proto__',
  'LEDGER-API',
  ':(glob)x',
];

/** Services of names that Git takes. */
export function hostileNames(): HandCommit[] {
  return NAMES.map(name => oddRelease('dev', name));
}
