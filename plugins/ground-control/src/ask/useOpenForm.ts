import { useFormAddress } from '../hooks/useFormAddress';
import { formatOpenForm, parseOpenForm } from '../lib/openForm';

/** The form about a service's releases that the address names. */
export function useOpenForm() {
  return useFormAddress(parseOpenForm, formatOpenForm);
}
