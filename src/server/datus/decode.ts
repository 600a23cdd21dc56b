/** Wire request → engine request. */
import { localDay, type RunRequest } from '../../engine/index.ts';
import type { RunRequestBody } from './wire.ts';

/** Both families of subject fields mean the same: a path, empty parts dropped. */
export function decodeRunRequest(body: RunRequestBody, now: Date): RunRequest {
  const path = body.subject_path?.length ? body.subject_path : [body.domain, body.layer1, body.layer2];
  return {
    workflow: body.workflow,
    namespace: body.namespace,
    question: body.task,
    database: body.database_name || null,
    schemaName: body.schema_name || null,
    today: body.current_date || localDay(now),
    notes: [...(body.ext_knowledge?.split('|') ?? []), ...(body.ext_knowledges ?? [])]
      .map((note) => note.trim())
      .filter(Boolean),
    subjectPath: path.filter((part): part is string => Boolean(part)),
    planMode: body.plan_mode ?? false,
    previous: [],
  };
}
