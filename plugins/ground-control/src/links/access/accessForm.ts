import { formatList, parseList } from '../../lib/listState';
import { writeParams } from '../../lib/urlState';
import { AccessFields, OUTSIDE } from './decideWish';

/** The form about entries of the gateway that is open, as the URL names it, with what it is filled in with. */
export type AccessForm = Partial<Omit<AccessFields, 'squad'>> & {
  /** The entry that is to go, by its id; absent where one is asked for. */
  remove?: string;
};

const TEXTS = [
  'remove',
  'service',
  'name',
  'namespace',
  'port',
  'dnsName',
  'cluster',
] as const;

/** Reads `ask=1` or `remove=<id>`, each with or without fields; `outside=1` stands for what lies outside of the mesh. */
export function parseAccessForm(
  params: URLSearchParams,
): AccessForm | undefined {
  if (!params.has('remove') && !params.has('ask')) return undefined;
  const form: AccessForm = {};
  for (const key of TEXTS) {
    const text = params.get(key);
    if (text !== null) form[key] = text;
  }
  const kind = params.get('kind');
  if (kind === 'target' || kind === 'ingress') form.kind = kind;
  const from = params.has('outside')
    ? [OUTSIDE]
    : parseList(params.get('from'));
  if (from.length) form.from = from;
  return form;
}

/** Writes what {@link parseAccessForm} reads over the given parameters; without a form, none is open. */
export function formatAccessForm(
  form: AccessForm | undefined,
  base?: URLSearchParams,
): URLSearchParams {
  const { kind, from = [], ...texts } = form ?? {};
  return writeParams(
    {
      ask: form && texts.remove === undefined ? '1' : undefined,
      ...Object.fromEntries(TEXTS.map(key => [key, texts[key]])),
      kind,
      from: formatList(from),
      outside: from.includes(OUTSIDE) ? '1' : undefined,
    },
    base,
  );
}
