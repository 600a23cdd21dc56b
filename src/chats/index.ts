export {
  type Chat,
  type ChatRecord,
  type ChatStore,
  createChatStore,
  type RecordEnd,
  type RecordKind,
} from './chats.ts';
