import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import { FormKind } from '../lib/openForm';

/** The address of a form about the Component at hand, on its tab of releases. */
export function useFormLink(kind: FormKind): string {
  const { entity } = useEntity();
  return `${useEntityRefLink()(entity)}/releases?${kind}=`;
}
