/** Backups of the vector tables. */
import type { FastifyInstance } from 'fastify';
import { type BackupLocation, isoLocal, type Pipeline, VECTOR_TABLES } from '../../engine/index.ts';
import { humanSize, queryTime } from './encode.ts';
import { sendData } from './envelope.ts';
import { invalid, parseOrReject } from './errors.ts';
import { backupSchema, restoreListSchema, restoreSchema } from './wire.ts';

const VECTOR = '/api/v0/data_pipeline/vector';
const tags = ['vector tables'];

const never = (): AbortSignal => new AbortController().signal;

/** The vectors are in the engine's own state; another place cannot be named. */
function refuseConnection(given: string | null | undefined): void {
  if (given) {
    throw invalid('CONNECTION_NOT_ALLOWED', 'Vector表位于系统自身的数据库中，不支持db_connection参数', 'db_connection');
  }
}

export function addVectorRoutes(app: FastifyInstance, pipeline: Pipeline): void {
  app.post(
    `${VECTOR}/backup`,
    { schema: { summary: 'Back the vector tables up', tags, body: backupSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const body = parseOrReject(backupSchema, request.body);
      refuseConnection(body.db_connection);
      const taskId = body.task_id || null;
      if (!body.backup_vector_tables) {
        if (taskId !== null) await pipeline.get(taskId);
        return sendData(reply, 'Vector表备份未启用', {
          task_id: taskId,
          backup_performed: false,
          tables_backed_up: {},
        });
      }
      const made = await pipeline.vectors.backup(taskId, never());
      return sendData(reply, 'Vector表备份成功', {
        task_id: taskId,
        backup_performed: true,
        truncate_performed: false,
        tables_backed_up: Object.fromEntries(
          Object.entries(made.tables).map(([name, table]) => [
            name,
            {
              success: true,
              row_count: table.rowCount,
              file_size: humanSize(table.fileSize),
              backup_file: table.file,
              duration: table.seconds,
            },
          ]),
        ),
        truncate_results: {},
        errors: [],
        backup_directory: shownBackups(taskId),
        timestamp_id: made.timestamp,
        duration: made.seconds,
      });
    },
  );

  app.get(
    `${VECTOR}/restore/list`,
    {
      schema: { summary: 'Backups that can be restored', tags, querystring: restoreListSchema },
      attachValidation: true,
    },
    async (request, reply) => {
      const startedAt = performance.now();
      const { global_only: globalOnly, task_id: taskId } = parseOrReject(restoreListSchema, request.query);
      const locations = await pipeline.vectors.list({ globalOnly, taskId: taskId ?? null });
      const count = (of: readonly BackupLocation[]): number => of.reduce((sum, { backups }) => sum + backups.length, 0);
      return sendData(reply, '获取备份列表成功', {
        backup_locations: locations.map(encodeLocation),
        summary: {
          total_locations: locations.length,
          total_backup_sets: count(locations),
          global_backups: count(locations.filter((one) => one.taskId === null)),
          task_backups: count(locations.filter((one) => one.taskId !== null)),
          scan_time: queryTime(startedAt),
        },
      });
    },
  );

  app.post(
    `${VECTOR}/restore`,
    { schema: { summary: 'Restore a backup', tags, body: restoreSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const body = parseOrReject(restoreSchema, request.body);
      refuseConnection(body.db_connection);
      const restored = await pipeline.vectors.restore(
        {
          path: body.backup_path,
          timestamp: body.timestamp,
          tables: body.tables?.length ? body.tables : VECTOR_TABLES,
          truncateFirst: body.truncate_before_restore,
        },
        never(),
      );
      const errors = Object.entries(restored.restored).flatMap(([name, { error }]) =>
        error ? [`${name}: ${error}`] : [],
      );
      return sendData(reply, errors.length === 0 ? 'Vector表恢复成功' : 'Vector表恢复部分失败', {
        restore_performed: true,
        truncate_performed: body.truncate_before_restore,
        backup_info: {
          backup_path: body.backup_path,
          timestamp: body.timestamp,
          backup_date: shownStamp(body.timestamp),
        },
        truncate_results: Object.fromEntries(
          Object.entries(restored.truncated).map(([name, table]) => [
            name,
            { success: true, rows_before: table.rowsBefore, rows_after: table.rowsAfter, duration: table.seconds },
          ]),
        ),
        restore_results: Object.fromEntries(
          Object.entries(restored.restored).map(([name, table]) => [
            name,
            {
              success: !table.error,
              source_file: table.file,
              rows_restored: table.rows,
              file_size: humanSize(table.fileSize),
              ...(table.error ? { error: table.error } : { duration: table.seconds }),
            },
          ]),
        ),
        errors,
        duration: restored.seconds,
      });
    },
  );
}

const encodeLocation = ({ taskId, path, backups }: BackupLocation): Record<string, unknown> => ({
  type: taskId === null ? 'global' : 'task',
  relative_path: path,
  ...(taskId === null ? {} : { task_id: taskId }),
  backups: backups.map((set) => ({
    timestamp: set.timestamp,
    collection_file: set.collectionFile,
    embedding_file: set.embeddingFile,
    collection_size: humanSize(set.collectionSize),
    embedding_size: humanSize(set.embeddingSize),
    backup_date: isoLocal(set.madeAt).replace('T', ' '),
    has_log: set.logFile !== null,
    log_file: set.logFile,
  })),
});

const shownBackups = (taskId: string | null): string =>
  `./data_pipeline/training_data/${taskId === null ? '' : `${taskId}/`}vector_bak`;

/** `20250627_143052` → `2025-06-27 14:30:52` */
const shownStamp = (stamp: string): string =>
  stamp.replace(/^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
