/** The first step: a DDL file and a document for each table. */
import { join } from 'node:path';
import { writeFileAtomically } from '../../../kernel/index.ts';
import type { Step, StepContext } from '../../step.ts';
import { languageOf } from '../naming/labels.ts';
import { describeTable } from './describe-table.ts';
import { fullName } from './table-ddl.ts';

const LOGGER = 'DDLMDGenerator';
/** A model that failed this often is not asked again. */
const MOST_MODEL_FAILURES = 3;

/** Names of files for all tables: `bss_company`, `ods_bss_company`; a name that is taken gets a number. */
function fileNames(context: StepContext): readonly { ddl: string; md: string }[] {
  const taken = new Map<string, number>();
  return context.tables.map(({ ref }) => {
    const inDefault = ref.schema === null || ref.schema === context.schema.defaultSchema;
    const base = (inDefault ? ref.name : `${ref.schema}_${ref.name}`).replace(/[^\p{L}\p{N}_-]/gu, '_').slice(0, 120);
    const copies = taken.get(base.toLowerCase()) ?? 0;
    taken.set(base.toLowerCase(), copies + 1);
    return copies === 0
      ? { ddl: `${base}.ddl`, md: `${base}_detail.md` }
      : { ddl: `${base}.ddl_${copies}`, md: `${base}_detail_${copies}.md` };
  });
}

/** Writes `<table>.ddl` and `<table>_detail.md`; a table that fails is logged and the others go on. */
export const ddlGeneration: Step = async (context) => {
  const started = performance.now();
  const { output, tables, schema, datasource, businessContext, signal } = context;
  const language = languageOf(businessContext, tables);
  const names = fileNames(context);
  const mapping: string[] = [];
  const failed: string[] = [];
  let modelFailures = 0;
  for (const [index, table] of tables.entries()) {
    signal.throwIfAborted();
    const title = fullName(table, schema);
    context.progress({ done: index, total: tables.length, item: title });
    context.log('INFO', LOGGER, `开始处理表: ${title}`);
    try {
      const model = modelFailures < MOST_MODEL_FAILURES ? context.model : null;
      const { ddl, md, modelFailed } = await describeTable({
        datasource,
        schema,
        table,
        businessContext,
        model,
        signal,
        language,
      });
      if (modelFailed) {
        modelFailures += 1;
        context.log('WARNING', LOGGER, `${title}: the model gave no comments; they were made from names`);
      }
      const files = names[index]!;
      await writeFileAtomically(join(output, files.ddl), ddl);
      await writeFileAtomically(join(output, files.md), md);
      mapping.push(`${title} -> ${files.ddl}`);
    } catch (error) {
      signal.throwIfAborted();
      failed.push(title);
      context.log('ERROR', LOGGER, `${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  context.progress({ done: tables.length, total: tables.length, item: null });
  await writeFileAtomically(join(output, 'filename_mapping.txt'), `${mapping.join('\n')}\n`);
  const done = tables.length - failed.length;
  if (done === 0 && tables.length > 0) throw new Error(`none of the ${tables.length} tables could be described`);
  context.log('INFO', LOGGER, `表处理完成: 成功 ${done} 个, 失败 ${failed.length} 个`);
  return {
    result: {
      total_tables: tables.length,
      processed_successfully: done,
      failed: failed.length,
      failed_tables: failed,
      files_generated: done * 2,
      duration: Math.round(performance.now() - started) / 1_000,
    },
  };
};
