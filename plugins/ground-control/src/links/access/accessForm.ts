import { writeParams } from '../../lib/urlState';

/** The form about entries of the gateway that is open, as the URL names it. */
export interface AccessForm {
  /** The entry that is to go, by its id; absent where one is asked for. */
  remove?: string;
  /** Whose access it is, as `formatServiceRef` writes it. */
  service?: string;
}

/** Reads `ask=1` or `remove=<id>`, each with or without `service=`. */
export function parseAccessForm(
  params: URLSearchParams,
): AccessForm | undefined {
  const remove = params.get('remove') ?? undefined;
  if (remove === undefined && !params.has('ask')) return undefined;
  return { remove, service: params.get('service') ?? undefined };
}

/** Writes what {@link parseAccessForm} reads over the given parameters; without a form, none is open. */
export function formatAccessForm(
  form: AccessForm | undefined,
  base?: URLSearchParams,
): URLSearchParams {
  const { remove, service } = form ?? {};
  return writeParams(
    { ask: form && remove === undefined ? '1' : undefined, remove, service },
    base,
  );
}
