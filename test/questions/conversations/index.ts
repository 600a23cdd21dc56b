import type { Conversation } from './conversation.ts';
import { COUNTED_THINGS } from './counted-things.ts';
import { EVERYDAY_CONVERSATIONS } from './everyday.ts';
import { SAMPLE_CONVERSATIONS as LOOKING_AROUND } from './samples.ts';
import { SHOP_CONVERSATIONS } from './shop.ts';
import { THINGS_SHOWN } from './things-shown.ts';
import { TRADE_CONVERSATIONS } from './trade.ts';

export type { Conversation, ConversationTurn } from './conversation.ts';
export const SAMPLE_CONVERSATIONS: readonly Conversation[] = [
  ...LOOKING_AROUND,
  ...EVERYDAY_CONVERSATIONS,
  ...THINGS_SHOWN.samples,
  ...COUNTED_THINGS.samples,
];
/** The conversations on the demos. */
export const DEMO_CONVERSATIONS: readonly Conversation[] = [
  ...SHOP_CONVERSATIONS,
  ...TRADE_CONVERSATIONS,
  ...THINGS_SHOWN.demos,
  ...COUNTED_THINGS.demos,
];
