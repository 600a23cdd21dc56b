import type { BusinessQuestion } from '../business/question.ts';

/** One question of a conversation, with the SQL that an analyst would write for it. */
export type ConversationTurn = Pick<BusinessQuestion, 'question' | 'sql' | 'alternatives' | 'ordered'>;

/** Questions in a row; each leans on the answers before it, or starts anew. */
export interface Conversation {
  readonly id: string;
  readonly db: BusinessQuestion['db'];
  readonly turns: readonly ConversationTurn[];
}
