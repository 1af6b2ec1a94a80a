import { usePagesText } from '../hooks/usePagesText';
import { copyText } from '../lib/copyText';

/** Copies the address of what is shown, as anybody may open it. */
export function CopyLinkButton(props: {
  /** Makes the query of the address. */
  search(): string;
  onMessage(message: string): void;
}) {
  const t = usePagesText();
  const { search, onMessage } = props;
  const copy = async () => {
    const { origin, pathname } = window.location;
    const query = search();
    const copied = await copyText(
      `${origin}${pathname}${query ? `?${query}` : ''}`,
    );
    onMessage(copied ? t('board.linkCopied') : t('board.notCopied'));
  };
  return (
    <button type="button" className="gc-button gc-button-bare" onClick={copy}>
      {t('board.copyLink')}
    </button>
  );
}
