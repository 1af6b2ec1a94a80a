import { z } from 'zod';
import { cleanText } from '../../lib/cleanText';
import {
  isZone,
  parseDayTime,
  parseFreezeEnd,
  parseLocalTime,
  parseWeekday,
} from '../freeze';
import { FreezeWindow } from '../rules';
import { parseDuration } from './parseDuration';

const MAX_SOAK_MS = 30 * 86_400_000;
const MAX_TEXT = 64;
const MAX_FREEZES = 100;
const MAX_REASON = 200;

/** A text that is read by a parser of ours; what is wrong with it is said elsewhere. */
function read<T>(parse: (text: string) => T | undefined) {
  return z
    .string()
    .max(MAX_TEXT)
    .transform((text, context): T => {
      const value = parse(text);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    });
}

const mode = z.enum(['warn', 'block', 'off']);

const weekly = z
  .object({
    days: z.array(read(parseWeekday)).min(1).max(7),
    from: read(parseDayTime),
    to: read(parseFreezeEnd),
    zone: z.string().refine(isZone),
    reason: z.string().optional(),
  })
  .strict();

const once = z
  .object({
    from: read(parseLocalTime),
    to: read(parseLocalTime),
    zone: z.string().refine(isZone),
    reason: z.string().optional(),
  })
  .strict()
  .refine(window => window.from < window.to, { path: ['to'] });

/** The days tell which of the two a window is, and so which of them it is held against. */
const freeze = z.unknown().transform((value, context): FreezeWindow => {
  const isWeekly =
    typeof value === 'object' && value !== null && 'days' in value;
  const parsed = (isWeekly ? weekly : once).safeParse(value);
  if (!parsed.success) {
    parsed.error.issues.forEach(issue => context.addIssue(issue));
    return z.NEVER;
  }
  const { reason, ...window } = parsed.data;
  const words = cleanText(reason ?? '', MAX_REASON);
  const kind = isWeekly ? 'weekly' : 'once';
  return { kind, ...window, ...(words && { reason: words }) } as FreezeWindow;
});

const freezes = z.array(freeze).max(MAX_FREEZES);

const environment = z
  .object({
    approvals: z.number().int().min(0).max(3),
    onlyWhenWarning: z.boolean(),
    rollbackNeedsApproval: z.boolean(),
    soak: z
      .string()
      .max(MAX_TEXT)
      .transform((text, context) => {
        const ms = parseDuration(text);
        if (ms !== undefined && ms <= MAX_SOAK_MS) return { text, ms };
        context.addIssue({ code: 'custom' });
        return z.NEVER;
      }),
    tests: mode,
    vulnerabilities: z.object({ high: mode, medium: mode }).partial().strict(),
    links: mode,
    freeze: freezes,
  })
  .partial()
  .strict();

/** What a level says: the floor, the defaults, a squad or a service. */
export const levelSchema = z
  .object({ environments: z.record(environment), freeze: freezes })
  .partial()
  .strict();

export type ParsedLevel = z.output<typeof levelSchema>;
