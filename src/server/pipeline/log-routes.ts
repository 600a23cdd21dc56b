/** Logs of a task: the last entries, and a query over all. */
import type { FastifyInstance } from 'fastify';
import { isoLocal, type LogFilter, type Pipeline } from '../../engine/index.ts';
import {
  encodeLogEntry,
  encodePagination,
  encodeQueriedEntry,
  humanSize,
  queryTime,
  shownDirectory,
} from './encode.ts';
import { sendData } from './envelope.ts';
import { parseOrReject } from './errors.ts';
import { logsSchema, queryLogsSchema } from './wire.ts';

const TASK = '/api/v0/data_pipeline/tasks/:task_id';
const tags = ['pipeline logs'];
const NO_FILTER: LogFilter = { level: null, from: null, to: null, keyword: null, logger: null, step: null };

export function addLogRoutes(app: FastifyInstance, pipeline: Pipeline): void {
  app.get(
    `${TASK}/logs`,
    { schema: { summary: 'The last entries of the log', tags, querystring: logsSchema }, attachValidation: true },
    async (request, reply) => {
      const { task_id: id } = request.params as { task_id: string };
      const { limit, level } = parseOrReject(logsSchema, request.query);
      const filter = { ...NO_FILTER, level: level ?? null };
      const page = await pipeline.logs(id, { kind: 'tail', limit, filter }, new AbortController().signal);
      return sendData(reply, '获取任务日志成功', {
        task_id: id,
        logs: page.entries.map(encodeLogEntry),
        total: page.total,
        source: 'file',
        log_file: page.file?.path ?? null,
      });
    },
  );

  app.post(
    `${TASK}/logs/query`,
    { schema: { summary: 'Find entries of the log', tags, body: queryLogsSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const startedAt = performance.now();
      const { task_id: id } = request.params as { task_id: string };
      const body = parseOrReject(queryLogsSchema, request.body);
      const found = await pipeline.logs(
        id,
        {
          kind: 'page',
          offset: (body.page - 1) * body.page_size,
          limit: body.page_size,
          filter: {
            level: body.level ?? null,
            from: body.start_time ? logMoment(body.start_time, '00:00:00') : null,
            to: body.end_time ? logMoment(body.end_time, '23:59:59') : null,
            keyword: body.keyword || null,
            logger: body.logger_name || null,
            step: body.step_name || null,
          },
          orderBy: body.sort_by === 'line_number' ? 'line' : body.sort_by,
          descending: body.sort_order === 'desc',
        },
        new AbortController().signal,
      );
      const { file } = found;
      return sendData(reply, '高级日志查询成功', {
        task_id: id,
        logs: found.entries.map(encodeQueriedEntry),
        pagination: encodePagination(body.page, body.page_size, found.total),
        log_file_info: {
          exists: file !== null,
          file_path: file?.path ?? `${shownDirectory(id)}/data_pipeline.log`,
          file_size: file?.size ?? 0,
          file_size_formatted: humanSize(file?.size ?? 0),
          last_modified: file ? isoLocal(file.modifiedAt) : null,
          total_lines: file?.lines ?? 0,
        },
        query_time: queryTime(startedAt),
      });
    },
  );
}

/** As the log writes it, so that texts compare; a day stands for its beginning or end. */
const logMoment = (text: string, timeOfDay: string): string =>
  text.length === 10 ? `${text} ${timeOfDay}` : text.slice(0, 19).replace('T', ' ');
