import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { LinksText } from '../hooks/useLinksText';
import { Format } from '../lib/createFormat';

/** What is needed to write a link's numbers in the reader's language. */
export interface LinkWords {
  t: LinksText;
  format: Format;
  /** Milliseconds since 1970. */
  now: number;
}

/** What is told of a link: a cell of the matrix, or a call that crosses it. */
export type ToldLink = Pick<
  LinkCell,
  | 'from'
  | 'to'
  | 'state'
  | 'code'
  | 'since'
  | 'valueMs'
  | 'approximate'
  | 'baselineMs'
  | 'loss'
> &
  Partial<
    Pick<
      LinkCell,
      'lossAtLeast' | 'samples' | 'needed' | 'sampledAt' | 'lastSuccessAt'
    >
  >;

/** A length of time since a moment, in one unit; absent where it isn't known. */
export function describeSince(
  { format, now }: LinkWords,
  at: string | null | undefined,
): string | undefined {
  if (!at) return undefined;
  const seconds = (now - Date.parse(at)) / 1000;
  return format.age(seconds) ?? format.duration(seconds);
}

/** Milliseconds, marked where they are approximate. */
export function describeMs(
  { t, format }: Pick<LinkWords, 't' | 'format'>,
  { valueMs, approximate }: { valueMs: number; approximate: boolean },
): string {
  const value = format.milliseconds(valueMs);
  return approximate ? t('cell.approximate', { value }) : value;
}

/** Lost probes as a share, a lower bound where not all are counted. */
export function describeLoss(
  { t, format }: Pick<LinkWords, 't' | 'format'>,
  link: Pick<ToldLink, 'loss' | 'lossAtLeast'>,
): string | undefined {
  if (link.loss === null) return undefined;
  return t(link.lossAtLeast ? 'cell.lostAtLeast' : 'cell.lost', {
    loss: format.share(link.loss),
  });
}

function describeUsual(words: LinkWords, link: ToldLink): string | undefined {
  const { t, format } = words;
  const { valueMs, baselineMs } = link;
  const times =
    valueMs !== null && baselineMs
      ? format.decimal(valueMs / baselineMs)
      : undefined;
  const lost = link.loss ? describeLoss(words, link) : undefined;
  if (lost) return times ? t('cell.lostTimes', { lost, times }) : lost;
  if (times && baselineMs) {
    return t('cell.timesOf', { times, baseline: format.decimal(baselineMs) });
  }
  if (valueMs !== null) return t('cell.noBaseline');
  return link.samples !== undefined && link.needed !== undefined
    ? t('cell.fewOf', {
        samples: format.number(link.samples),
        needed: format.number(link.needed),
      })
    : undefined;
}

/**
 * A link in two short lines: what stands first, and what is said of it. Its
 * state's word is `state.<state>`.
 */
export function describeLink(
  words: LinkWords,
  link: ToldLink,
): { value?: string; detail?: string } {
  const { t } = words;
  const { state, valueMs } = link;
  const aged = (key: 'cell.old' | 'cell.for', at?: string | null) => {
    const age = describeSince(words, at);
    return age && t(key, { age });
  };
  switch (state) {
    case 'not-linked':
      return {};
    case 'hidden':
    case 'never-sampled':
      return { value: t(`state.${state}`) };
    case 'down':
      return { value: t('state.down'), detail: aged('cell.for', link.since) };
    case 'stale':
      return {
        value:
          valueMs === null
            ? t('state.stale')
            : describeMs(words, { valueMs, approximate: link.approximate }),
        detail: aged('cell.old', link.sampledAt),
      };
    default:
      break;
  }
  if (link.code === 'no-answer') {
    return {
      value: t('cell.noAnswer'),
      detail: aged('cell.for', link.lastSuccessAt),
    };
  }
  return {
    value:
      valueMs === null
        ? t('cell.few')
        : describeMs(words, { valueMs, approximate: link.approximate }),
    detail: describeUsual(words, link),
  };
}
