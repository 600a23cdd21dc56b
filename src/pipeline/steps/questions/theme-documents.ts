/** The files that tell which themes a database has: as SQL, as Markdown, and as the scope that decides what it can answer. */
import type { Language } from '../../../planning/index.ts';
import type { Theme } from './themes.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replace(/[\s\u0000]+/g, ' ')}'`;

/** `metadata.txt`. */
export function metadataSql(themes: readonly Theme[], dbName: string): string {
  const rows = themes.map(
    (theme) =>
      `INSERT INTO metadata(topic_name, description, related_tables, biz_entities, biz_metrics) VALUES (${[
        theme.name,
        theme.description,
        theme.tables.map(({ ref }) => ref.name).join(', '),
        theme.entities.join(', '),
        theme.metrics.join(', '),
      ]
        .map(quoted)
        .join(', ')});`,
  );
  return [
    `-- Themes of ${dbName.replace(/\s+/g, ' ')}`,
    'CREATE TABLE IF NOT EXISTS metadata (',
    '  id SERIAL PRIMARY KEY,',
    '  topic_name VARCHAR(100) NOT NULL,',
    '  description TEXT,',
    '  related_tables TEXT,',
    '  biz_entities TEXT,',
    '  biz_metrics TEXT',
    ');',
    '',
    ...rows,
    '',
  ].join('\n');
}

/** `metadata_detail.md`. */
export function metadataDocument(themes: readonly Theme[], language: Language): string {
  const zh = language === 'zh';
  const title = zh ? '## metadata（存储分析主题元数据）' : '## metadata (themes of this database)';
  const label = zh
    ? { tables: '相关表', entities: '业务实体', metrics: '业务指标' }
    : { tables: 'Tables', entities: 'Entities', metrics: 'Measures' };
  return [
    title,
    '',
    ...themes.flatMap((theme) => [
      `### ${theme.name}`,
      '',
      theme.description,
      '',
      `- ${label.tables}: ${theme.tables.map(({ ref }) => ref.name).join(', ')}`,
      `- ${label.entities}: ${theme.entities.join(', ')}`,
      ...(theme.metrics.length > 0 ? [`- ${label.metrics}: ${theme.metrics.join(', ')}`] : []),
      '',
    ]),
  ].join('\n');
}

/** `db_query_decision_prompt.txt`: which questions this database is for. */
export function decisionPrompt(themes: readonly Theme[], businessContext: string, language: Language): string {
  const zh = language === 'zh';
  const entities = themes.map(({ facts, metrics }) => ({ name: facts.label, table: facts.table.ref.name, metrics }));
  const scope = zh
    ? {
        数据库业务范围: businessContext,
        核心业务实体: entities,
        关键业务指标: [...new Set(themes.flatMap(({ metrics }) => metrics))],
      }
    : {
        scope: businessContext,
        core_entities: entities,
        key_metrics: [...new Set(themes.flatMap(({ metrics }) => metrics))],
      };
  return `${JSON.stringify(scope, null, 2)}\n`;
}
