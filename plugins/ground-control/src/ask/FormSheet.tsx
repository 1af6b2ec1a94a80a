import { environmentOf, OpenForm } from '../lib/openForm';
import { FormProps } from './FormProps';
import { RequestSheet } from './RequestSheet';
import { RollbackSheet } from './RollbackSheet';

/** The form that the address names. */
export function FormSheet(
  props: Omit<FormProps, 'environment'> & { form: OpenForm },
) {
  const { form, ...rest } = props;
  const environment = environmentOf(form, props.environments);
  const Sheet = form.kind === 'ask' ? RequestSheet : RollbackSheet;
  return <Sheet {...rest} environment={environment} />;
}
