/** What was answered before, as the user may see it now: stored rows are shown again only under the rights that read them. */
import type { User } from '../../accounts/index.ts';
import type { Chat, ChatRecord } from '../../chats/index.ts';
import { EngineError, fail, type Outcome, ok } from '../../kernel/index.ts';
import {
  guardStatement,
  type OpenedDatasource,
  type RunRows,
  type RunServices,
  runStatement,
} from '../../workflows/index.ts';
import type { UserSource, UserSources } from './user-sources.ts';

export interface RereadParts {
  readonly sources: UserSources;
  readonly limits: RunServices['limits'];
}

/** Rows and the mark of the rights that read them. */
export interface SeenRows {
  readonly rows: RunRows;
  readonly rights: string;
}

/** `no-data`: the record has no rows. `not-allowed`: its statement reads what the user may not. */
export type RereadFailure = 'no-data' | 'not-allowed' | 'unreachable';

/** The rows of a record; its statement runs again when the user's rights are not those that it was answered under. */
export async function rowsOf(
  { sources, limits }: RereadParts,
  { user, chat, signal }: { readonly user: User; readonly chat: Chat; readonly signal: AbortSignal },
  record: ChatRecord,
): Promise<Outcome<SeenRows, RereadFailure>> {
  if (record.result === null || record.sql === null) return fail('no-data');
  const source = (await sources.of(user.workspaceIds)).find((one) => one.id === chat.datasourceId);
  const rights = source ? await sources.rightsOf(user, source.id) : null;
  if (!source || rights === null) return fail('not-allowed');
  if (record.rights === rights) return ok({ rows: record.result as RunRows, rights });
  const opened = await openOrNull(sources, user, source, rights, signal);
  if (opened === null) return fail('unreachable');
  const guarded = await guardStatement(record.sql, opened, { limits });
  if (!guarded.ok) return fail('not-allowed');
  const run = await runStatement(guarded.value, opened, { limits }, signal);
  return run.ok ? ok({ rows: run.value.rows, rights }) : fail('unreachable');
}

/** Whether a record's statement may be told to the user, or to a model for the user. */
export function seenBy(
  { sources, limits }: RereadParts,
  user: User,
  source: UserSource,
  rights: string,
  signal: AbortSignal,
): (record: ChatRecord) => Promise<boolean> {
  let opening: Promise<OpenedDatasource | null> | null = null;
  return async ({ rights: before, sql }) => {
    if (before === rights) return true;
    opening ??= openOrNull(sources, user, source, rights, signal);
    const opened = await opening;
    return opened !== null && sql !== null && (await guardStatement(sql, opened, { limits })).ok;
  };
}

/** The datasource as the user sees it; null when it cannot be opened, or the rights changed again. */
export const openOrNull = (
  sources: UserSources,
  user: User,
  source: UserSource,
  rights: string,
  signal: AbortSignal,
): Promise<OpenedDatasource | null> =>
  sources.open(user, source, signal, rights).catch((error: unknown) => {
    if (error instanceof EngineError) return null;
    throw error;
  });
