import { Hidden } from '../components/Hidden';
import { usePagesText } from '../hooks/usePagesText';
import { FormKind } from '../lib/openForm';

/** Opens the forms about a service in an environment. */
export function FormActions(props: {
  /** Named to those who only hear the buttons, where there are several. */
  environment?: string;
  /** Something was released there once. */
  released: boolean;
  onOpen(kind: FormKind): void;
}) {
  const t = usePagesText();
  const button = (kind: FormKind, label: string) => (
    <button
      type="button"
      className="gc-button"
      onClick={() => props.onOpen(kind)}
    >
      {label}{' '}
      {props.environment !== undefined && <Hidden>{props.environment}</Hidden>}
    </button>
  );
  return (
    <>
      {button('ask', t('ask.release'))}
      {props.released && button('rollback', t('ask.rollback'))}
    </>
  );
}
