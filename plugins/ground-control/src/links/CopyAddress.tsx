import { useState } from 'react';
import { Hidden } from '../components/Hidden';
import { useLinksText } from '../hooks/useLinksText';
import { copyText } from '../lib/copyText';

/** How code calls something, to copy. */
export function CopyAddress(props: {
  address: string;
  /** Says what came of it, where one place says so for several addresses. */
  onMessage?(message: string): void;
}) {
  const t = useLinksText();
  const [message, setMessage] = useState('');
  const { address, onMessage = setMessage } = props;
  const copy = async () =>
    onMessage(
      (await copyText(address))
        ? t('gateway.copied', { address })
        : t('gateway.notCopied'),
    );
  return (
    <div className="gc-row">
      <code className="gc-mono gc-wrap">{address}</code>
      <button
        type="button"
        className="gc-button gc-button-bare gc-small"
        onClick={copy}
      >
        {t('gateway.copy')} <Hidden>{address}</Hidden>
      </button>
      {!props.onMessage && (
        <span role="status" className="gc-small gc-wrap">
          {message}
        </span>
      )}
    </div>
  );
}
