import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A form about a service's releases: to ask for one, or to go back to one. */
export type FormKind = 'ask' | 'rollback';

/** The form that is open, as the URL names it. */
export interface OpenForm {
  kind: FormKind;
  /** Empty: the last one that the service has. */
  environment: string;
  /** As `formatServiceRef` writes it; absent where the page shows one service. */
  service?: string;
}

const KINDS: readonly FormKind[] = ['ask', 'rollback'];

/** The parameters that name an open form. */
export const FORM_KEYS: readonly string[] = KINDS;

/** Reads `ask=prod` or `rollback=ledger/ledger-api@prod`. */
export function parseOpenForm(params: URLSearchParams): OpenForm | undefined {
  for (const kind of KINDS) {
    const text = params.get(kind);
    if (text === null) continue;
    const at = text.lastIndexOf('@');
    return at < 0
      ? { kind, environment: text }
      : {
          kind,
          environment: text.slice(at + 1),
          service: text.slice(0, at),
        };
  }
  return undefined;
}

/** Writes what {@link parseOpenForm} reads over the given parameters; without a form, none is open. */
export function formatOpenForm(
  form: OpenForm | undefined,
  base?: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(base);
  KINDS.forEach(kind => params.delete(kind));
  if (form) {
    params.set(
      form.kind,
      form.service ? `${form.service}@${form.environment}` : form.environment,
    );
  }
  return params;
}

/** Whether a form is about a service. */
export function isFormOf(form: OpenForm, service: ServiceRef): boolean {
  return !form.service || form.service === formatServiceRef(service);
}

/** The environment that a form is about; undefined where the service hasn't got it. */
export function environmentOf(
  form: OpenForm,
  environments: readonly string[],
): string | undefined {
  return form.environment
    ? environments.find(name => name === form.environment)
    : environments[environments.length - 1];
}
