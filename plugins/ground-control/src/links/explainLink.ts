import {
  describeLoss,
  describeSince,
  LinkWords,
  ToldLink,
} from './describeLink';

/** Why a link is in its state, as a sentence. */
export function explainLink(words: LinkWords, link: ToldLink): string {
  const { t } = words;
  const { from, to, code } = link;
  const since =
    code === 'no-answer' ? link.lastSuccessAt : link.sampledAt ?? link.since;
  return t(`why.${code}`, {
    from,
    to,
    loss: describeLoss(words, link) ?? '–',
    age: describeSince(words, since) ?? '–',
  });
}
