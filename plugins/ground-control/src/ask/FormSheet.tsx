import { lazy, Suspense } from 'react';
import { environmentOf, OpenForm } from '../lib/openForm';
import { FormProps } from './FormProps';

const RequestSheet = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.RequestSheet })),
);
const RollbackSheet = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.RollbackSheet })),
);

/** The form that the address names, loaded when it is opened. */
export function FormSheet(
  props: Omit<FormProps, 'environment'> & { form: OpenForm },
) {
  const { form, ...rest } = props;
  const environment = environmentOf(form, props.environments);
  const Sheet = form.kind === 'ask' ? RequestSheet : RollbackSheet;
  return (
    <Suspense fallback={null}>
      <Sheet {...rest} environment={environment} />
    </Suspense>
  );
}
