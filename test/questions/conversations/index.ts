import { SHOP_CONVERSATIONS } from './shop.ts';

export type { Conversation, ConversationTurn } from './conversation.ts';
export { SAMPLE_CONVERSATIONS } from './samples.ts';
/** The conversations on the demo shop. */
export const DEMO_CONVERSATIONS = SHOP_CONVERSATIONS;
