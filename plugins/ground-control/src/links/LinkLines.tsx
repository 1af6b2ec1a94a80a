import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useLinksText } from '../hooks/useLinksText';
import { describeMs } from './describeLink';
import { LinkName } from './LinkName';
import { LinkStateGlyph } from './LinkStateGlyph';

/** Links by name, each with its state and its value in one line. */
export function LinkLines(props: {
  links: {
    from: string;
    to: string;
    /** Null where it isn't known whether there is a link. */
    state: LinkState | null;
    valueMs: number | null;
    approximate?: boolean;
  }[];
}) {
  const words = { t: useLinksText(), format: useFormat() };
  const { t } = words;
  return (
    <ul>
      {props.links.map(({ from, to, state, valueMs, approximate = false }) => (
        <li key={`${from} ${to}`} className="gc-glyphed">
          {state ? (
            <LinkStateGlyph state={state} />
          ) : (
            <StatusGlyph status="unknown" />
          )}
          <span>
            <LinkName from={from} to={to} />{' '}
            <span className="gc-small">
              {t(state ? `state.${state}` : 'link.unknown')}{' '}
              {valueMs !== null && (
                <span className="gc-nowrap">
                  {describeMs(words, { valueMs, approximate })}
                </span>
              )}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
