import { InputError } from '@backstage/errors';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';

/** @throws InputError for a layout that nobody added */
export function findLayout(
  layouts: ReadonlyMap<string, Layout>,
  id: string,
): Layout {
  const layout = layouts.get(id);
  if (!layout) {
    const known = [...layouts.keys()].join(', ');
    throw new InputError(
      `groundControl.configRepository.layout: there is no layout ${id}; there are ${known}`,
    );
  }
  return layout;
}
