import { AuditorService } from '@backstage/backend-plugin-api';
import { Request } from 'express';

/**
 * Does something and tells Backstage's auditor how it went; no way out of it
 * goes untold.
 *
 * @param auditor - absent where nobody listens
 */
export async function audited<T>(
  auditor: AuditorService | undefined,
  request: Request,
  event: {
    id: string;
    severity?: 'low' | 'medium' | 'high';
    meta?: Record<string, string | number>;
  },
  work: () => Promise<T>,
): Promise<T> {
  const told = await auditor?.createEvent({
    eventId: event.id,
    request,
    severityLevel: event.severity ?? 'medium',
    meta: event.meta,
  });
  try {
    const result = await work();
    await told?.success();
    return result;
  } catch (error) {
    await told?.fail({ error: error as Error });
    throw error;
  }
}
