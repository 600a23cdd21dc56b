/** Files of a task: list, download, upload, and its list of tables. */
import type { FastifyInstance } from 'fastify';
import { isoLocal, OVERWRITE_MODES, type Pipeline } from '../../engine/index.ts';
import { encodeFile, encodeTableList, humanSize, shownDirectory } from './encode.ts';
import { sendData } from './envelope.ts';
import { invalid, missing, parseOrReject } from './errors.ts';
import { readWhole, receiveFile } from './multipart.ts';
import { sendFile } from './send-file.ts';
import { tableListSchema } from './wire.ts';

const TASK = '/api/v0/data_pipeline/tasks/:task_id';
const MAX_LIST_BYTES = 2 * 1024 * 1024;
const tags = ['pipeline files'];
const consumes = ['multipart/form-data'];

export function addFileRoutes(app: FastifyInstance, pipeline: Pipeline): void {
  app.get(`${TASK}/files`, { schema: { summary: 'Files of a task', tags } }, async (request, reply) => {
    const { task_id: id } = request.params as { task_id: string };
    const files = await pipeline.files(id);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const size = humanSize(total);
    const { directoryExists } = await pipeline.get(id);
    return sendData(reply, '获取文件列表成功', {
      task_id: id,
      files: files.map((file) => encodeFile(id, file)),
      total_files: files.length,
      total_size: total,
      total_size_human: size,
      total_size_formatted: size,
      directory_info: {
        exists: directoryExists,
        directory_path: shownDirectory(id),
        total_files: files.length,
        total_size: total,
        total_size_formatted: size,
      },
    });
  });

  app.get(`${TASK}/files/:filename`, { schema: { summary: 'Download a file', tags } }, async (request, reply) => {
    const { task_id: id, filename } = request.params as { task_id: string; filename: string };
    return sendFile(request, reply, await pipeline.file(id, filename));
  });

  app.post(`${TASK}/files`, { schema: { summary: 'Upload a file', tags, consumes } }, async (request, reply) => {
    const { task_id: id } = request.params as { task_id: string };
    await pipeline.get(id);
    const received = await receiveFile(request);
    const asked =
      received.fields.overwrite_mode ?? (request.query as Record<string, string>).overwrite_mode ?? 'backup';
    const overwrite = OVERWRITE_MODES.find((mode) => mode === asked);
    if (!overwrite) {
      received.content.resume();
      throw invalid('INVALID_PARAMS', `无效的overwrite_mode，支持: ${OVERWRITE_MODES.join(', ')}`, 'overwrite_mode');
    }
    const saved = await pipeline.upload(id, { name: received.name, content: received.content, overwrite });
    return sendData(reply, saved.skipped ? '文件已存在，已跳过' : '文件上传成功', {
      task_id: id,
      uploaded_file: {
        filename: saved.name,
        file_name: saved.name,
        size: saved.size,
        file_size: saved.size,
        size_formatted: humanSize(saved.size),
        uploaded_at: isoLocal(saved.modifiedAt),
        overwrite_mode: saved.overwrite,
        skipped: saved.skipped,
      },
      ...(saved.backup === null ? {} : { backup_info: { had_existing_file: true, backup_filename: saved.backup } }),
    });
  });

  app.post(
    `${TASK}/upload-table-list`,
    { schema: { summary: 'Upload the list of tables', tags, consumes } },
    async (request, reply) => {
      const { task_id: id } = request.params as { task_id: string };
      await pipeline.get(id);
      const { name, content } = await receiveFile(request, '请选择要上传的表清单文件');
      if (!name.toLowerCase().endsWith('.txt')) {
        content.resume();
        throw invalid('INVALID_FILE', '不支持的文件类型，仅支持: .txt', 'file');
      }
      const bytes = await readWhole(content, MAX_LIST_BYTES, '文件大小超过限制: 2MB');
      const list = await pipeline.saveTableList(id, bytes);
      return sendData(reply, '表清单文件上传成功', encodeTableList(id, list));
    },
  );

  app.get(`${TASK}/table-list-info`, { schema: { summary: 'The list of tables', tags } }, async (request, reply) => {
    const { task_id: id } = request.params as { task_id: string };
    return sendData(reply, '获取表清单信息成功', encodeTableList(id, await pipeline.tableList(id)));
  });

  app.post(
    `${TASK}/table-list`,
    { schema: { summary: 'Name the tables', tags, body: tableListSchema.optional() }, attachValidation: true },
    async (request, reply) => {
      const { task_id: id } = request.params as { task_id: string };
      const body = parseOrReject(tableListSchema, request.body);
      const given = body.table_names ?? body.tables;
      if (given === undefined || given === null) {
        await pipeline.get(id);
        throw missing('MISSING_PARAMS', '缺少必需参数：table_names', 'table_names');
      }
      const names = (typeof given === 'string' ? given.split(/[,，\n]/) : given)
        .map((one) => one.trim())
        .filter(Boolean);
      const list = await pipeline.setTables(id, names, body.business_context || null);
      return sendData(reply, `表清单已成功创建，包含 ${list.tables.length} 个表`, {
        ...encodeTableList(id, list),
        original_count: names.length,
      });
    },
  );
}
