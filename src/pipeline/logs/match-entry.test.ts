import { expect, it } from 'vitest';
import { parseEntry } from './log-entry.ts';
import { type LogFilter, NO_FILTER } from './log-query.ts';
import { createMatcher } from './match-entry.ts';

const OURS = [
  '2025-06-27 14:30:52 [INFO] SchemaWorkflowOrchestrator: 开始执行Schema工作流编排',
  '2025-06-27 14:31:25 [ERROR] SQLValidator: SQL验证失败: [x] again\nTraceback: first\n  second  ',
  '2025-06-27 14:32:00 [INFO] TaskDir_x: plain',
  '2025-06-27 14:32:01 [INFO] DDLMDGenerator: ',
];
const OTHERS = [
  '2025-06-27 14:31:26 [WARNING] [QuestionSQLGenerationAgent] qs_agent.py:88 - 主题为空',
  '2025-06-27 14:31:26,123 [INFO] SQLValidator: with a fraction',
  '2025-06-27 14:31:26 [INFO] no logger at all: here',
  '2025-06-27 14:31:26 [INFO] 记录器: SQLValidator',
  '2025-06-27 14:32:00 [INFO] TaskDir_x: [training_load] 开始执行步骤: training_load',
  '2025-06-27 14:3x:26 [INFO] SQLValidator: no time',
  '2025-06-27 14:31:26 [info] SQLValidator: no level',
];
const FILTERS: Partial<LogFilter>[] = [
  {},
  { level: 'INFO' },
  { level: 'ERROR', keyword: 'second' },
  { keyword: '开始' },
  { keyword: 'INFO' },
  { keyword: 'SQLValidator' },
  { keyword: 'first\n  sec' },
  { keyword: 'second ' },
  { logger: 'SQLValidator' },
  { step: 'sql_validation' },
  { step: 'training_load' },
  { from: '2025-06-27 14:31:25' },
  { to: '2025-06-27 14:31:25', keyword: 'S' },
  { from: '2025-06-27 14:31:26', to: '2025-06-27 14:31:59' },
];

const parsed = (text: string, { from, to, level, logger, step, keyword }: LogFilter): boolean => {
  const entry = parseEntry(text, 1);
  if (!entry) return false;
  return (
    (from === null || entry.timestamp >= from) &&
    (to === null || entry.timestamp <= to) &&
    (level === null || entry.level === level) &&
    (logger === null || entry.logger === logger) &&
    (step === null || entry.step === step) &&
    (keyword === null || entry.message.includes(keyword))
  );
};

it('bytes match like the parsed entry, or are left to the parser', () => {
  for (const changes of FILTERS) {
    const filter = { ...NO_FILTER, ...changes };
    const matches = createMatcher(filter);
    for (const text of [...OURS, ...OTHERS]) {
      const bytes = Buffer.from(`…${text}\n`);
      const said = matches(bytes, 3, bytes.length);
      if (Object.keys(changes).length === 0) expect(said).toBe(true);
      else
        expect([text, changes, said ?? 'parse']).toEqual([
          text,
          changes,
          said === null ? 'parse' : parsed(text, filter),
        ]);
    }
  }
});

it('entries of our own form are hardly ever left to the parser', () => {
  const left = FILTERS.filter(({ keyword }) => keyword !== 'second ').flatMap((changes) =>
    OURS.filter(
      (text) => createMatcher({ ...NO_FILTER, ...changes })(Buffer.from(text), 0, Buffer.byteLength(text)) === null,
    ),
  );
  expect(left).toEqual([]);
});
