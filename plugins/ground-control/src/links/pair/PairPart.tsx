import { ReactNode } from 'react';
import { LoadingPanel } from '../../components/StatePanel';
import { Live } from '../../hooks/useLive';

/** A part of the page that is asked for apart: the page stands without it. */
export function PairPart<T>(props: {
  heading: string;
  /** Said where it could not be read. */
  failed: string;
  live: Live<T>;
  children(data: T): ReactNode;
}) {
  const { data, loading } = props.live;
  return (
    <section className="gc-stack-tight">
      <h3>{props.heading}</h3>
      {loading && <LoadingPanel rows={3} />}
      {data
        ? props.children(data)
        : !loading && (
            <p className="gc-quiet" role="status">
              {props.failed}
            </p>
          )}
    </section>
  );
}
