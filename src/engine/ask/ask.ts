/** What a surface for asking with user accounts needs of the engine: sign in, see datasources, ask within chats. */
import type { Outcome } from '../../kernel/index.ts';
import type { ChartConfig } from '../../reporting/index.ts';
import type { RunRows } from '../../workflows/index.ts';

/** A signed-in user. */
export interface Account {
  readonly userId: number;
  readonly username: string;
  readonly workspaceIds: readonly number[];
}

export type LoginFailure =
  | { readonly code: 'incorrect' | 'disabled' | 'no-workspace' }
  /** Too many attempts of this account or address failed: nothing was looked at. */
  | { readonly code: 'throttled'; readonly seconds: number };

export interface AskDatasource {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  /** Kind of the datasource, e.g. `duckdb`. */
  readonly kind: string;
  /** Tables that the user may see; null when the datasource cannot be reached. */
  readonly tables: number | null;
  readonly workspaceId: number;
  readonly createdAt: Date;
}

export interface AskRequest {
  readonly question: string;
  /** Used only while the chat has no datasource. */
  readonly datasourceId: number | null;
  /** Null begins a chat. */
  readonly chatId: number | null;
}

export type AskFailure = 'chat-not-found' | 'datasource-not-found';

/** Where a failed answer failed: in what was asked, on the way to the database, or in the database. */
export type AskProblemKind = 'question' | 'connection' | 'execution';

/** What happens while a question is answered, in order; the last one is `failed`, `refused` or `done`. */
export type AskEvent =
  /** The exchange is stored. `title`: this question names the chat. */
  | {
      readonly type: 'recorded';
      readonly recordId: number;
      readonly question: string;
      readonly language: 'en' | 'zh';
      readonly title: string | null;
    }
  | { readonly type: 'sql'; readonly sql: string }
  | { readonly type: 'rows'; readonly sql: string; readonly result: RunRows }
  /** `imageName`: null for tables, which are not drawn. */
  | { readonly type: 'chart'; readonly chart: ChartConfig; readonly imageName: string | null }
  | { readonly type: 'analysis'; readonly markdown: string }
  | { readonly type: 'prediction'; readonly result: RunRows; readonly predicted: RunRows }
  | {
      readonly type: 'failed';
      readonly kind: AskProblemKind;
      readonly message: string;
      readonly suggestions: readonly string[];
    }
  /** Nothing was asked: there is no record. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'done' };

export interface Exchange {
  readonly chatId: number;
  /** Answers while it is read; read it to the end once, whether or not somebody still listens. */
  events(signal: AbortSignal): AsyncIterable<AskEvent>;
}

export interface Ask {
  /** Takes as long for users that are not there. `address`: where the request comes from. */
  login(username: string, password: string, address: string): Promise<Outcome<Account, LoginFailure>>;
  /** Those of the user's workspaces, demos first, then by name. */
  datasources(account: Account, signal: AbortSignal): Promise<readonly AskDatasource[]>;
  ask(account: Account, request: AskRequest): Promise<Outcome<Exchange, AskFailure>>;
  /** The picture of a chart as PNG; null when there is none of this name, or it has expired. */
  image(name: string): Promise<Buffer | null>;
}
