/** The ask part of the engine: accounts, their datasources and their chats over durable runs. */
import type { GrantStore, LoginThrottle, UserStore } from '../../accounts/index.ts';
import { EngineError, fail, ok } from '../../kernel/index.ts';
import type { Account, Ask, AskDatasource } from './ask.ts';
import { createPictures } from './charts.ts';
import { type ExchangeParts, exchange } from './exchange.ts';
import { createLogin } from './login.ts';
import { within } from './within.ts';

/** A database in a file of this machine does answer, however busy the machine is when it is first read. */
const OWN_FILES: ReadonlySet<string> = new Set(['embedded', 'duckdb', 'sqlite', 'files']);
/** Counting tables must not wait for a server that does not answer. */
const PATIENCE = { server: 10_000, ownFiles: 120_000 };

export interface AskParts extends ExchangeParts {
  readonly users: UserStore;
  readonly grants: GrantStore;
  readonly throttle: LoginThrottle;
  /** Milliseconds to wait for the tables of a datasource. */
  readonly patience?: typeof PATIENCE;
}

export function createAsk(parts: AskParts): Ask {
  const { users, sources, chats, logger, now, patience = PATIENCE } = parts;

  const userOf = async (account: Account) => {
    const user = await users.find(account.userId);
    if (!user || user.disabled) throw new EngineError('not-allowed', 'the user may not ask');
    return user;
  };

  return {
    login: createLogin(users, parts.throttle),
    image: createPictures(
      chats,
      async (record, { userId, datasourceId }) => {
        const user = await users.find(userId);
        if (!user || datasourceId === null || record.rights === null) return false;
        return record.rights === (await sources.rightsOf(user, datasourceId));
      },
      now,
    ),
    async datasources(account, signal) {
      const user = await userOf(account);
      const all = await sources.of(user.workspaceIds);
      return Promise.all(
        all.map(async (source): Promise<AskDatasource> => {
          const { id, name, description, kind, workspaceId, createdAt } = source;
          // Opening goes on behind a listing that did not wait for it: the next one finds it done.
          const timeout = AbortSignal.any([
            signal,
            AbortSignal.timeout(OWN_FILES.has(kind) ? patience.ownFiles : patience.server),
          ]);
          const tables = await within(timeout, sources.open(user, source)).then(
            (opened) => opened.schema.tables.length,
            (error: Error) => {
              logger.info({ datasource: name, reason: error.message }, 'a datasource cannot be reached');
              return null;
            },
          );
          return { id, name, description, kind, workspaceId, createdAt, tables };
        }),
      );
    },
    async ask(account, { question, datasourceId, chatId }) {
      const user = await userOf(account);
      const known = chatId === null ? null : await chats.find(user.id, chatId);
      if (chatId !== null && !known) return fail('chat-not-found');
      const wanted = known?.datasourceId === undefined || known.datasourceId === null ? datasourceId : null;
      const source = wanted === null ? null : (await sources.of(user.workspaceIds)).find((one) => one.id === wanted);
      if (source === undefined) return fail('datasource-not-found');
      const chat =
        known ??
        (await chats.create({
          userId: user.id,
          workspaceId: source?.workspaceId ?? user.workspaceIds[0] ?? 0,
          datasourceId: source?.id ?? null,
        }));
      const chosen = known && source ? await chats.chooseDatasource(chat.id, source.id) : chat.datasourceId;
      return ok({
        chatId: chat.id,
        events: (signal) => exchange(parts, { user, chat: { ...chat, datasourceId: chosen }, question, signal }),
      });
    },
  };
}
