/** Words that ask to change data or the database, in either language. */
const ENGLISH =
  /^\s*(?:please\s+|can you\s+|could you\s+|i want to\s+|let'?s\s+)*(?:delete|remove|drop|truncate|insert|update|alter|create|grant|revoke|erase|wipe|purge|modify|add|rename|replace|destroy|overwrite|merge|set)\b(?!\s*(?:date|time|status)\b)/i;
const ENGLISH_ANYWHERE =
  /\b(?:drop|truncate|alter)\s+(?:the\s+)?(?:table|database|schema|column|index|view)\b|\bdelete\s+(?:from|all|every|the|any)\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\b(?:grant|revoke)\s+\w+\s+(?:on|to|from)\b|;\s*(?:drop|delete|update|insert|alter|truncate|create)\b/i;
const CHINESE =
  /(?:^|请|帮我|把|将|给我|我要|我想|然后|并|，|,|\s)(?:批量)?(?:删除|删掉|删了|清空|清除|移除|修改|更新|更改|插入|新建|创建|添加|增加一[条个行]|新增一|录入|改成|改为|抹掉|销毁|授权|重命名)(?!时间|日期|人|率|量|数)|删库|删表|(?:把|将).{0,30}(?:删除|删掉|清空|改成|改为|设为|设置为|更新为)/;

/** True when the question asks to change something instead of to know something. */
export function isWriteIntent(question: string): boolean {
  return ENGLISH.test(question) || ENGLISH_ANYWHERE.test(question) || CHINESE.test(question);
}
