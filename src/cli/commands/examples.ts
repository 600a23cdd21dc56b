/** `querent examples add|list|verify|disable|remove|import|export`. */
import type { KnowledgeBase, ReferenceSql, SavedExample } from '../../engine/index.ts';
import { EngineError } from '../../kernel/index.ts';
import { type RecordColumn, readRecords, writeRecords } from '../files/record-file.ts';
import type { CommandHost } from '../host.ts';
import { type Common, flagOf, line, withKnowledgeBase } from './knowledge.ts';

const COLUMNS: readonly RecordColumn<'question' | 'sql' | 'datasource' | 'enabled'>[] = [
  { name: 'question', alsoRead: ['问题', '问题描述'], required: true },
  { name: 'sql', alsoRead: ['示例sql', 'sql示例', '语句'], required: true },
  { name: 'datasource', alsoRead: ['db', 'database', 'namespace', '数据源'] },
  { name: 'enabled', alsoRead: ['启用', '状态'] },
];

interface WithDatabase extends Common {
  readonly db?: string;
}

export const addExample = (
  question: string,
  sql: string,
  options: Common & { readonly db: string; readonly disabled?: boolean },
  host: CommandHost,
): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const content = { datasource: options.db, question, sql, enabled: !options.disabled };
    const saved = await base.saveExample(content, host.stopOnSignals());
    return report(saved, host) ? 0 : 1;
  });

export const listExamples = (
  options: WithDatabase & { readonly status?: ReferenceSql['status'] },
  host: CommandHost,
): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    host.out(line('id', 'state', 'datasource', 'origin', 'question', 'sql', 'problem'));
    const { db: namespace, status } = options;
    const filter = { ...(namespace === undefined ? {} : { namespace }), ...(status === undefined ? {} : { status }) };
    for (const pair of await base.examples(filter)) {
      host.out(
        line(pair.id.slice(0, 8), pair.status, placeOf(pair), pair.origin, pair.question, pair.sql, pair.problem ?? ''),
      );
    }
    return 0;
  });

/** Runs examples again, all of them when no id is given; candidates are confirmed only by their id. */
export const verifyExamples = (ids: readonly string[], options: WithDatabase, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const signal = host.stopOnSignals();
    let failed = 0;
    for (const pair of await chosen(ids, options, base)) {
      if (!report(await base.verifyExample(pair, signal), host)) failed += 1;
    }
    return failed === 0 ? 0 : 1;
  });

export const disableExamples = (ids: readonly string[], options: Common, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    for (const id of ids) {
      const pair = await base.example(id);
      await base.disableExample(pair);
      host.out(`disabled ${pair.question}`);
    }
    return 0;
  });

export const removeExamples = (ids: readonly string[], options: Common, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    for (const id of ids) {
      const pair = await base.example(id);
      await base.removeExample(pair);
      host.out(`removed ${pair.question}`);
    }
    return 0;
  });

/** Every row is proven on its own: one that fails is stored disabled with the reason, and named. */
export async function importExamples(file: string, options: WithDatabase, host: CommandHost): Promise<number> {
  const rows = (await readRecords(file, COLUMNS)).map(({ line: at, values }) => {
    const place = `${file}, line ${at}`;
    const datasource = values.datasource?.trim() || options.db;
    if (!datasource) throw new EngineError('request-invalid', `${place}: there is no datasource; name one with --db`);
    const { question = '', sql = '' } = values;
    return { place, content: { datasource, question, sql, enabled: flagOf(values.enabled ?? '', place) } };
  });
  return withKnowledgeBase(options, host, async (base) => {
    const signal = host.stopOnSignals();
    let failed = 0;
    for (const { place, content } of rows) {
      signal.throwIfAborted();
      try {
        const { pair } = await base.saveExample(content, signal);
        if (pair.problem === null) continue;
        failed += 1;
        host.error(`${place}: stored disabled: ${pair.problem}`);
      } catch (error) {
        if (!(error instanceof EngineError) || signal.aborted) throw error;
        failed += 1;
        host.error(`${place}: ${error.message}`);
      }
    }
    host.out(`imported ${rows.length - failed}, failed ${failed}`);
    return failed === 0 ? 0 : 1;
  });
}

export const exportExamples = (file: string, options: WithDatabase, host: CommandHost): Promise<number> =>
  withKnowledgeBase(options, host, async (base) => {
    const all = await base.examples(options.db === undefined ? {} : { namespace: options.db });
    const pairs = all.filter((pair) => pair.status !== 'candidate');
    await writeRecords(
      file,
      COLUMNS,
      pairs.map((pair) => ({
        question: pair.question,
        sql: pair.sql,
        datasource: placeOf(pair),
        enabled: pair.status === 'confirmed' ? 'yes' : 'no',
      })),
    );
    host.out(`wrote ${pairs.length} examples to ${file}`);
    return 0;
  });

async function chosen(ids: readonly string[], options: WithDatabase, base: KnowledgeBase) {
  if (ids.length > 0) return Promise.all(ids.map((id) => base.example(id)));
  return base.examples({ ...(options.db === undefined ? {} : { namespace: options.db }), status: 'confirmed' });
}

const placeOf = ({ namespace, database }: ReferenceSql): string =>
  database === null ? namespace : `${namespace}/${database}`;

/** Says what became of an example; false when it cannot be used. */
function report({ pair, rows }: SavedExample, host: CommandHost): boolean {
  if (pair.problem !== null) {
    host.error(`${pair.id.slice(0, 8)}  ${pair.question}: kept disabled, its SQL does not run: ${pair.problem}`);
    return false;
  }
  const state = pair.status === 'confirmed' ? 'enabled' : 'disabled';
  host.out(`${pair.id.slice(0, 8)}  ${pair.question}: ${state}, ${rows} rows`);
  return true;
}
