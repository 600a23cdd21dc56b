/** Conversations and their records. A chat belongs to one user: for anybody else it does not exist. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { State } from '../storage/index.ts';
import { chatRecords, chats } from './tables.ts';

export interface Chat {
  readonly id: number;
  readonly userId: number;
  readonly workspaceId: number;
  readonly datasourceId: number | null;
  readonly title: string | null;
  readonly createdAt: Date;
}

export type RecordKind = 'ask' | 'analysis' | 'prediction';

export interface ChatRecord {
  readonly id: number;
  readonly chatId: number;
  readonly kind: RecordKind;
  readonly question: string;
  readonly sourceRecordId: number | null;
  readonly runId: string | null;
  /** Mark of the rights under which its rows were read; null: not known. */
  readonly rights: string | null;
  readonly sql: string | null;
  /** Plain data of whoever answers; this module does not look into it. */
  readonly plan: unknown;
  readonly result: unknown;
  readonly chart: unknown;
  readonly content: string | null;
  readonly error: string | null;
  readonly imageName: string | null;
  readonly imageExpiresAt: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** What a record is finished with. */
export type RecordEnd = Partial<
  Pick<
    ChatRecord,
    'rights' | 'sql' | 'plan' | 'result' | 'chart' | 'content' | 'error' | 'imageName' | 'imageExpiresAt'
  >
>;

export interface ChatStore {
  create(chat: Pick<Chat, 'userId' | 'workspaceId' | 'datasourceId'>): Promise<Chat>;
  find(userId: number, id: number): Promise<Chat | null>;
  /** Gives a chat its datasource, unless it has one; the one it has now. */
  chooseDatasource(id: number, datasourceId: number): Promise<number>;
  /** Names a chat that has no name; true when this was its name-giving. */
  name(id: number, title: string): Promise<boolean>;
  addRecord(record: Pick<ChatRecord, 'chatId' | 'kind' | 'question' | 'sourceRecordId'>): Promise<ChatRecord>;
  /** Names the run that answers a record, and the rights under which it reads. */
  setRun(recordId: number, run: { readonly id: string; readonly rights: string | null }): Promise<void>;
  /** Finishes a record once; a second end changes nothing. */
  finishRecord(recordId: number, end: RecordEnd): Promise<void>;
  findRecord(id: number): Promise<ChatRecord | null>;
  /** The newest records of a chat, newest first. */
  recentRecords(chatId: number, limit: number): Promise<readonly ChatRecord[]>;
  /** The record of a picture, with the chat that it belongs to. */
  findByImage(name: string): Promise<{ readonly record: ChatRecord; readonly chat: Chat } | null>;
}

export function createChatStore(state: State, now: () => Date = () => new Date()): ChatStore {
  return {
    async create(chat) {
      const [made] = await state.db
        .insert(chats)
        .values({ ...chat, createdAt: now() })
        .returning();
      if (!made) throw new Error('the chat was not stored');
      return made;
    },
    async find(userId, id) {
      const [found] = await state.db
        .select()
        .from(chats)
        .where(and(eq(chats.id, id), eq(chats.userId, userId)));
      return found ?? null;
    },
    async chooseDatasource(id, datasourceId) {
      const [set] = await state.db
        .update(chats)
        .set({ datasourceId })
        .where(and(eq(chats.id, id), isNull(chats.datasourceId)))
        .returning({ datasourceId: chats.datasourceId });
      if (set) return datasourceId;
      const [known] = await state.db.select({ datasourceId: chats.datasourceId }).from(chats).where(eq(chats.id, id));
      return known?.datasourceId ?? datasourceId;
    },
    async name(id, title) {
      const named = await state.db
        .update(chats)
        .set({ title })
        .where(and(eq(chats.id, id), isNull(chats.title)))
        .returning({ id: chats.id });
      return named.length > 0;
    },
    async addRecord(record) {
      const [added] = await state.db
        .insert(chatRecords)
        .values({ ...record, createdAt: now() })
        .returning();
      if (!added) throw new Error('the record was not stored');
      return added;
    },
    async setRun(recordId, { id, rights }) {
      await state.db.update(chatRecords).set({ runId: id, rights }).where(eq(chatRecords.id, recordId));
    },
    async finishRecord(recordId, end) {
      await state.db
        .update(chatRecords)
        .set({ ...end, finishedAt: now() })
        .where(and(eq(chatRecords.id, recordId), isNull(chatRecords.finishedAt)));
    },
    async findRecord(id) {
      const [found] = await state.db.select().from(chatRecords).where(eq(chatRecords.id, id));
      return found ?? null;
    },
    recentRecords: (chatId, limit) =>
      state.db
        .select()
        .from(chatRecords)
        .where(eq(chatRecords.chatId, chatId))
        .orderBy(desc(chatRecords.id))
        .limit(limit),
    async findByImage(name) {
      const [found] = await state.db
        .select({ record: chatRecords, chat: chats })
        .from(chatRecords)
        .innerJoin(chats, eq(chats.id, chatRecords.chatId))
        .where(eq(chatRecords.imageName, name));
      return found ?? null;
    },
  };
}
