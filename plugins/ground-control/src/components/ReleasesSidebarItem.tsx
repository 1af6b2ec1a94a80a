import { ComponentType, useEffect, useState } from 'react';
import { SidebarItem } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { rootRouteRef } from '../routes';
import { ReleasesIcon } from './ReleasesIcon';

/**
 * The entry of the classic portal's sidebar, with the number of decisions that
 * wait for the reader.
 *
 * @public
 */
export function ReleasesSidebarItem(props: {
  /** `Releases` by default. */
  text?: string;
}) {
  const to = useRouteRef(rootRouteRef)();
  const text = props.text ?? 'Releases';
  const [Item, setItem] =
    useState<ComponentType<{ to: string; text: string }>>();
  useEffect(() => {
    let gone = false;
    // What counts is loaded later, so that the portal's start stays small.
    import('../requests/WaitingSidebarItem').then(
      ({ WaitingSidebarItem }) => !gone && setItem(() => WaitingSidebarItem),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, []);
  return Item ? (
    <Item to={to} text={text} />
  ) : (
    <SidebarItem icon={ReleasesIcon} to={to} text={text} />
  );
}
