import type { Triviality } from '../prove/prove-sql.ts';

export interface ValidatedPair {
  readonly question: string;
  readonly sql: string;
  readonly outcome: 'valid' | 'repaired' | 'invalid';
  readonly trivial: Triviality | null;
  /** Of a repair: the new text. */
  readonly repairedSql: string | null;
  readonly repairedBy: 'rules' | 'model' | null;
  readonly problem: string | null;
  readonly elapsedMs: number;
  readonly attempts: number;
}

const RULE = '='.repeat(50);
const percent = (part: number, whole: number): string => `${whole === 0 ? '0.0' : ((part / whole) * 100).toFixed(1)}%`;

/** `sql_validation_<ts>_summary.log`. */
export function summaryText(file: string, at: string, pairs: readonly ValidatedPair[], seconds: number): string {
  const of = (outcome: ValidatedPair['outcome']): ValidatedPair[] => pairs.filter((pair) => pair.outcome === outcome);
  const [valid, repaired, invalid] = [of('valid'), of('repaired'), of('invalid')];
  const trivial = pairs.filter((pair) => pair.trivial !== null);
  const entry = (pair: ValidatedPair, index: number): string[] => [
    `${index + 1}. ${pair.question}`,
    `   SQL: ${pair.sql}`,
    ...(pair.problem === null ? [] : [`   错误: ${pair.problem}`]),
    ...(pair.repairedSql === null ? [] : [`   修复(${pair.repairedBy}): ${pair.repairedSql}`]),
    ...(pair.trivial === null ? [] : [`   结果: ${pair.trivial}`]),
    '',
  ];
  const part = (title: string, list: readonly ValidatedPair[]): string[] =>
    list.length === 0 ? [] : [`${title} (${list.length})`, '-'.repeat(50), ...list.flatMap(entry)];
  return [
    'SQL验证报告',
    RULE,
    `输入文件: ${file}`,
    `验证时间: ${at}`,
    `验证耗时: ${seconds.toFixed(2)} 秒`,
    '',
    `原始SQL数量: ${pairs.length}`,
    `有效SQL数量: ${valid.length + repaired.length}`,
    `无效SQL数量: ${invalid.length}`,
    `成功率: ${percent(valid.length + repaired.length, pairs.length)}`,
    `修复: ${repaired.length}`,
    `结果无意义: ${trivial.length}`,
    '',
    ...part('无效SQL', invalid),
    ...part('已修复SQL', repaired),
    ...part(
      '结果无意义的SQL',
      trivial.filter((pair) => pair.outcome === 'valid'),
    ),
  ].join('\n');
}

/** `file_modifications_<ts>.log`. */
export function modificationsText(file: string, at: string, pairs: readonly ValidatedPair[]): string {
  const modified = pairs.filter((pair) => pair.outcome === 'repaired');
  const deleted = pairs.filter((pair) => pair.outcome === 'invalid');
  return [
    '文件修改日志',
    RULE,
    `原始文件: ${file}`,
    `修改时间: ${at}`,
    `修改: ${modified.length}`,
    `删除: ${deleted.length}`,
    '',
    ...modified.flatMap((pair) => [
      `修改: ${pair.question}`,
      `  原SQL: ${pair.sql}`,
      `  新SQL: ${pair.repairedSql}`,
      '',
    ]),
    ...deleted.flatMap((pair) => [`删除: ${pair.question}`, `  SQL: ${pair.sql}`, `  原因: ${pair.problem}`, '']),
  ].join('\n');
}
