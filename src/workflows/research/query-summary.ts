/** The reports that close a single-query run: what was built, or why nothing was. */
import type { Language } from '../../planning/index.ts';
import { codeBlock, sqlReport } from '../../reporting/index.ts';
import { analyseSql, parseSql, reviewSql } from '../../sql/index.ts';
import type { RunEvent, RunProblem } from '../events.ts';
import type { OpenedDatasource, RunRequest, RunServices } from '../node.ts';
import { explainSql } from '../tools/query-plan.ts';
import type { Seen } from './narrator.ts';

const MAX_HINTS = 6;

/** The six-part report of the query that answered. */
export async function querySummary(parts: {
  readonly request: RunRequest;
  readonly source: OpenedDatasource;
  readonly services: RunServices;
  readonly seen: Seen;
  readonly shown: Extract<RunEvent, { type: 'output-ready' }>;
  readonly signal: AbortSignal;
}): Promise<string> {
  const { request, source, seen, shown } = parts;
  const sql = shown.sql ?? '';
  const parsed = await parseSql(sql, source.schema.dialect);
  const analysis = parsed.ok ? analyseSql(parsed.value, source.schema) : null;
  const explained = await explainSql(sql, parts);
  const findings = parsed.ok
    ? reviewSql(parsed.value, {
        schema: source.schema,
        plan: typeof explained === 'string' ? null : explained.root,
        language: shown.language,
      }).findings
    : [];
  const own = seen.generated?.sql === sql ? seen.generated : null;
  const flag = (name: string, fallback: boolean): boolean => {
    const value = seen.validation?.[name];
    return typeof value === 'boolean' ? value : fallback;
  };
  const list = (name: string): readonly string[] => (seen.validation?.[name] as readonly string[] | undefined) ?? [];
  return sqlReport({
    language: shown.language,
    question: request.question,
    sql,
    reading: own?.reading ?? '',
    mappings: own?.mappings ?? [],
    analysis,
    schema: source.schema,
    validation: {
      syntaxValid: flag('syntaxValid', parsed.ok),
      tablesExist: flag('tablesExist', true),
      columnsExist: flag('columnsExist', true),
      hasDangerousOps: flag('hasDangerousOps', false),
      errors: list('errors'),
      warnings: list('warnings'),
    },
    result: shown.result,
    elapsedMs: seen.result?.elapsedMs ?? 0,
    hints: findings.slice(0, MAX_HINTS).map((finding) => `\`${finding.rule}\` ${finding.message} ${finding.advice}`),
  });
}

/** Why a query could not be made good, with what was tried. */
export function failureReport(problem: RunProblem, seen: Seen, language: Language): string {
  const zh = language === 'zh';
  const sql = seen.generated?.sql;
  return [
    zh ? '# ❌ SQL生成失败' : '# ❌ SQL generation failed (SQL生成失败)',
    `- **${zh ? '原因' : 'Reason'}**: ${problem.message}`,
    `- **${zh ? '尝试次数' : 'Attempts'}**: ${seen.attempts}`,
    ...(seen.strategies.length > 0 ? [`- **${zh ? '反思策略' : 'Strategies'}**: ${seen.strategies.join(', ')}`] : []),
    ...(problem.suggestions.length > 0
      ? [`- **${zh ? '建议' : 'Suggestions'}**: ${problem.suggestions.join('; ')}`]
      : []),
    ...(sql ? ['', codeBlock(sql)] : []),
  ].join('\n');
}
