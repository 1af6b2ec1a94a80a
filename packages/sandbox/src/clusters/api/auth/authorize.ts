import { StatusError } from '../http/StatusError.ts';
import type { Target } from '../http/parseTarget.ts';
import { qualifiedName } from '../typeNames.ts';
import type { Role } from './Tokens.ts';

const READING = ['get', 'list', 'watch'];
const USERS: Record<Role, string> = {
  reader: 'system:serviceaccount:ground-control:reader',
  admin: 'admin',
};

/** What a request wants to do, as roles in Kubernetes say it. */
export function verbOf(
  method: string,
  { name }: Target,
  watch: boolean,
): string {
  switch (method) {
    case 'GET':
    case 'HEAD': {
      const many = watch ? 'watch' : 'list';
      return name && !watch ? 'get' : many;
    }
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    default:
      throw StatusError.methodNotAllowed();
  }
}

export function forbidden(
  role: Role,
  verb: string,
  { type, namespace, name, subresource }: Target,
): StatusError {
  const subject = name ? ` "${name}"` : '';
  const resource = subresource ? `${type.plural}/${subresource}` : type.plural;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName(type)}${subject} is forbidden: User "${
      USERS[role]
    }" cannot ${verb} resource "${resource}" in API group "${
      type.group
    }" ${scope}`,
    { name, group: type.group || undefined, kind: type.plural },
  );
}

/** The reader reads everything but Secrets. */
export function authorize(role: Role, verb: string, target: Target): void {
  const isSecret = target.type.group === '' && target.type.kind === 'Secret';
  if (role !== 'admin' && (isSecret || !READING.includes(verb))) {
    throw forbidden(role, verb, target);
  }
}
