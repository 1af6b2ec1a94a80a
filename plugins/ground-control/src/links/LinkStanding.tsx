import { useFormat } from '../hooks/useFormat';
import { useLinksText } from '../hooks/useLinksText';
import { useNow } from '../hooks/useNow';
import { describeLink, ToldLink } from './describeLink';
import { explainLink } from './explainLink';
import { LinkStateGlyph } from './LinkStateGlyph';

/** How a link stands: its state in shape and word, its value against what is usual, and why where it isn't well. */
export function LinkStanding(props: { link: ToldLink }) {
  const words = { t: useLinksText(), format: useFormat(), now: useNow() };
  const { link } = props;
  const { value, detail } = describeLink(words, link);
  const state = words.t(`state.${link.state}`);
  return (
    <div className="gc-stack-tight">
      <span className="gc-row">
        <span className="gc-chip gc-link" data-state={link.state}>
          <LinkStateGlyph state={link.state} /> {state}
        </span>{' '}
        {value !== state && <span>{value}</span>}{' '}
        {detail && <span className="gc-small gc-quiet">{detail}</span>}
      </span>
      {link.state !== 'normal' && (
        <span className="gc-small">{explainLink(words, link)}</span>
      )}
    </div>
  );
}
