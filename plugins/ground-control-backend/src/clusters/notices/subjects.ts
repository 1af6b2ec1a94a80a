import { NoticeSubject } from './types';

/** Names whom a notice is about, in maps. */
export function subjectKey({
  environment,
  namespace,
  service,
}: NoticeSubject): string {
  return `${environment}/${namespace}/${service}`;
}

/** The columns that say whom a notice is about. */
export function subjectColumns(
  repository: string,
  { environment, namespace, service }: NoticeSubject,
) {
  return { repository, environment, namespace, service };
}
