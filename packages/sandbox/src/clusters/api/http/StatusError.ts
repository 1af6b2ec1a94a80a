import type { ResourceType } from '../../types.ts';
import { qualifiedName } from '../typeNames.ts';

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  retryAfterSeconds?: number;
  causes?: { reason?: string; message: string; field?: string }[];
}

function detailsOf(type: ResourceType, name?: string): StatusDetails {
  return { name, group: type.group || undefined, kind: type.plural };
}

/** An answer other than what was asked for, as Kubernetes words it. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
  ) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static badRequest(message: string): StatusError {
    return new StatusError(400, 'BadRequest', message);
  }

  static unauthorized(): StatusError {
    return new StatusError(401, 'Unauthorized', 'Unauthorized');
  }

  static notFound(type: ResourceType, name: string): StatusError {
    return new StatusError(
      404,
      'NotFound',
      `${qualifiedName(type)} "${name}" not found`,
      detailsOf(type, name),
    );
  }

  static methodNotAllowed(): StatusError {
    return new StatusError(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
      {},
    );
  }

  static alreadyExists(type: ResourceType, name: string): StatusError {
    return new StatusError(
      409,
      'AlreadyExists',
      `${qualifiedName(type)} "${name}" already exists`,
      detailsOf(type, name),
    );
  }

  static conflict(
    type: ResourceType,
    name: string,
    why = 'the object has been modified; please apply your changes to the latest version and try again',
  ): StatusError {
    return new StatusError(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${qualifiedName(
        type,
      )} "${name}": ${why}`,
      detailsOf(type, name),
    );
  }

  static expired(message: string): StatusError {
    return new StatusError(410, 'Expired', message);
  }

  static invalid(
    type: ResourceType,
    name: string,
    field: string,
    why: string,
  ): StatusError {
    const subject = type.group ? `${type.kind}.${type.group}` : type.kind;
    return new StatusError(
      422,
      'Invalid',
      `${subject} "${name}" is invalid: ${field}: ${why}`,
      {
        ...detailsOf(type, name),
        kind: type.kind,
        causes: [{ reason: 'FieldValueInvalid', message: why, field }],
      },
    );
  }

  /** What a list or watch answers that asks for what isn't kept any more. */
  static tooOld(revision: number, current: number): StatusError {
    return StatusError.expired(
      `too old resource version: ${revision} (${current})`,
    );
  }

  toStatus(): object {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      details: this.details,
      code: this.code,
    };
  }
}
