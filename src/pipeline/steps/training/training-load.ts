/** The last step: what was generated and proven goes into the vector tables, one transaction per file. */
import { createEmbedder, embedItems, storeItems, type TrainingItem } from '../../../knowledge/index.ts';
import { createVectorStore } from '../../../storage/index.ts';
import type { Json } from '../../../tasks/index.ts';
import type { Step, StepContext } from '../../step.ts';
import { proveSql } from '../prove/prove-sql.ts';
import { backupVectorTables, type VectorManagementResult } from '../vectors/backup-vector-tables.ts';
import { readTrainingFile, trainingFileNames } from './training-files.ts';

const LOGGER = 'TrainingDataLoader';

type Counts = Record<TrainingItem['kind'], number>;

/** Loads the directory's files; pairs that the database does not answer are left out. */
export const trainingLoad: Step = async (context) => {
  const started = performance.now();
  const { directory, flags, signal, dbName, schema } = context;
  const state = await context.state();
  const managed =
    flags.backupVectorTables || flags.truncateVectorTables
      ? await backupVectorTables({
          state,
          directory,
          taskId: context.taskId,
          truncate: flags.truncateVectorTables,
          hold: context.hold,
          now: context.startedAt,
          log: (level, message) => context.log(level, 'VectorTableManager', message),
          signal,
        })
      : null;
  const vector: { [key: string]: Json } = managed === null ? {} : { vector: vectorFigures(managed) };
  const seconds = (): number => Math.round(performance.now() - started) / 1_000;
  if (flags.skipTraining) {
    context.log('INFO', LOGGER, '跳过训练数据加载');
    return {
      result: {
        training_data_dir: context.taskId,
        load_successful: true,
        skipped: true,
        total_records: 0,
        ...vector,
        duration: seconds(),
      },
    };
  }
  const store = createVectorStore(state);
  const embedder = createEmbedder(context.embeddings);
  const names = await trainingFileNames(directory);
  const counts: Counts = { sql: 0, documentation: 0, ddl: 0 };
  const totals = { added: 0, known: 0, unproven: 0 };
  const failed: string[] = [];
  for (const [index, name] of names.entries()) {
    signal.throwIfAborted();
    context.progress({ done: index, total: names.length, item: name });
    const file = await readTrainingFile(directory, name);
    if (file.problem !== null) {
      failed.push(name);
      context.log('WARNING', LOGGER, `${name}: ${file.problem}`);
      continue;
    }
    const items = await provenItems(file.items, context);
    totals.unproven += file.items.length - items.length;
    const vectors = await embedItems(items, embedder, signal);
    const { table } = file;
    const metadata = {
      db_name: dbName,
      dialect: schema.dialect,
      createdat: context.startedAt.toISOString(),
      ...(table === null ? {} : { table }),
    };
    const stored = await state.transaction(async (session) => {
      await context.hold(session);
      return storeItems(store, session, items, vectors, { model: embedder.model, metadata });
    });
    totals.added += stored.added;
    totals.known += stored.known;
    for (const { kind } of items) counts[kind] += 1;
    context.log('INFO', LOGGER, `${name}: ${items.length} 条, 新增 ${stored.added} 条`);
  }
  context.progress({ done: names.length, total: names.length, item: null });
  const total = counts.sql + counts.documentation + counts.ddl;
  context.log('INFO', LOGGER, `训练数据加载完成: ${total} 条, 新增 ${totals.added} 条, 已存在 ${totals.known} 条`);
  return {
    result: {
      training_data_dir: context.taskId,
      load_successful: failed.length === 0,
      total_records: total,
      records_added: totals.added,
      records_known: totals.known,
      pairs_left_out: totals.unproven,
      failed_files: failed,
      data_type_counts: counts,
      embedding_model: embedder.model,
      ...vector,
      duration: seconds(),
    },
  };
};

/** Pairs are loaded only when they parse, run and return something. */
async function provenItems(items: readonly TrainingItem[], context: StepContext): Promise<TrainingItem[]> {
  const { datasource, schema, signal } = context;
  const proven: TrainingItem[] = [];
  for (const item of items) {
    signal.throwIfAborted();
    if (item.kind !== 'sql') {
      proven.push(item);
      continue;
    }
    const proof = await proveSql(item.sql, { datasource, schema, signal });
    if (proof.ok && (proof.value.trivial === null || proof.value.trivial === 'constant')) proven.push(item);
    else
      context.log(
        'WARNING',
        LOGGER,
        `未加载: ${item.question} - ${proof.ok ? proof.value.trivial : proof.failure.message}`,
      );
  }
  return proven;
}

function vectorFigures({ tables, truncated, backupDirectory, timestamp, seconds }: VectorManagementResult): Json {
  const performed = Object.keys(truncated).length > 0;
  return {
    backup_performed: true,
    truncate_performed: performed,
    timestamp,
    tables_backed_up: Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [
        name,
        {
          success: true,
          row_count: table.rowCount,
          file_size: table.fileSize,
          backup_file: table.file,
          duration: table.seconds,
        },
      ]),
    ),
    truncate_results: Object.fromEntries(
      Object.entries(truncated).map(([name, table]) => [
        name,
        { success: true, rows_before: table.rowsBefore, rows_after: table.rowsAfter, duration: table.seconds },
      ]),
    ),
    errors: [],
    backup_directory: backupDirectory,
    duration: seconds,
  };
}
