/** Words that ask to change data or the database, in either language. */
const POLITE = String.raw`^\s*(?:please\s+|kindly\s+|can you\s+|could you\s+|would you\s+|i want (?:you )?to\s+|i need (?:you )?to\s+|i'd like (?:you )?to\s+|let'?s\s+|go ahead and\s+|then\s+|now\s+)*`;
const DATA_NOUN = `(?:tables?|databases?|schemas?|columns?|rows?|records?|entr(?:y|ies)|data|index(?:es)?|views?|users?|customers?|orders?|products?|employees?|accounts?|prices?|salar(?:y|ies)|invoices?|payments?|items?|fields?|values?|passwords?|permissions?|rights?|status(?:es)?)`;

/** Verbs that only ever change things when a request begins with them. */
const DESTROY = new RegExp(
  `${POLITE}(?:delete|drop|truncate|erase|wipe|purge|destroy|overwrite|grant|revoke|alter)\\b(?!\\s+(?:in|of|rate)\\b)`,
  'i',
);
/** Verbs with honest uses ("add up", "create a report", "update me", "set of cities"): only with a data noun behind. */
const CHANGE = new RegExp(
  `${POLITE}(?:remove|insert|update|create|modify|add|rename|replace|merge|set|change|increase|decrease|raise|lower|edit|cancel|assign)\\s+(?:(?:the|all|every|any|a|an|new|this|that|these|those|my|our|each|some|\\w+'s?|\\w+)\\s+){0,3}${DATA_NOUN}\\b(?!\\s+(?:chart|report|list|summary|overview|trend|plot|graph|dashboard|filter|breakdown))`,
  'i',
);
const HONEST = new RegExp(
  `${POLITE}(?:create|add|set)\\s+(?:(?:a|an|the|me)\\s+)?(?:report|chart|list|summary|overview|table of|breakdown|up\\b|of\\b|ranking|graph|plot|filter)|${POLITE}update me\\b|${POLITE}(?:change|set|replace|update)\\s+(?:it|that|this|the (?:filter|period|date|measure|metric|grouping))\\b|${POLITE}(?:remove|add)\\s+(?:the\\s+)?(?:\\w+\\s+)?(?:filter|condition|grouping|column)`,
  'i',
);
const ENGLISH_ANYWHERE =
  /\b(?:drop|truncate|alter)\s+(?:the\s+)?(?:table|database|schema|column|index|view)\b|\bdelete\s+(?:from|all|every|the|any)\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\b(?:grant|revoke)\s+\w+\s+(?:on|to|from)\b|;\s*(?:drop|delete|update|insert|alter|truncate|create)\b|\bcreate\s+(?:table|database|schema|index|view|user|trigger)\b/i;
const CHINESE =
  /(?:^|请|帮我|把|将|给我|我要|我想|然后|并|，|,|\s)(?:批量)?(?:删除|删掉|删了|清空|清除|移除|修改|更新|更改|插入|新建|创建|添加|增加一[条个行]|新增一|录入|抹掉|销毁|授权|重命名)(?!时间|日期|人|率|量|数|最|筛选|条件|报表|图表|报告|一个(?:报表|图))|删库|删表|(?:把|将).{0,30}(?:删除|删掉|清空|改成|改为|设为|设置为|更新为)/;

/** A statement instead of a question: nothing that a person asks, and never run as it stands. */
const STATEMENT =
  /^\s*(?:select\s+(?:[\d*'"@(]|[\w.,\s()*]+\sfrom\s)|kill\s+(?:query\s+|connection\s+)?\d|(?:explain|describe|desc|pragma|exec(?:ute)?|call|vacuum|attach|detach|copy|load|use|shutdown|declare|begin|commit|rollback|savepoint|lock|flush|reset|analyze)\s+[\w'"@.]+\s*(?:[;(=].*)?$|show\s+(?:databases|tables|variables|grants|processlist|status)\s*;?\s*$|with\s+\w+\s+as\s*\()/i;

/** True for a piece of SQL, which is not read as a question. */
export const isStatement = (text: string): boolean => STATEMENT.test(text);

/** "drop the region filter", 删除地区筛选: takes away what was asked before, no data. */
const EDITS_QUESTION =
  /^[^;]*\b(?:filters?|conditions?|restrictions?|limits?|grouping|breakdown|sorting|comparison)(?:\s+(?:on|for|by)\s+[\w ]+)?\s*[.?!]*$|^[^;；]*(?:筛选|筛选条件|过滤|过滤条件|限制|限制条件|条件|分组|排序)[。？?！!]*$/i;

/** True when the question asks to change something instead of to know something. */
export function isWriteIntent(question: string): boolean {
  if (EDITS_QUESTION.test(question) && !/\b(?:table|column|row|record|database)s?\b|[表列行库]/i.test(question))
    return false;
  if (ENGLISH_ANYWHERE.test(question) || DESTROY.test(question)) return true;
  if (CHANGE.test(question) && !HONEST.test(question)) return true;
  return CHINESE.test(question);
}
