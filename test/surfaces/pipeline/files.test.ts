import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type PipelineServer, startPipeline } from './pipeline-server.ts';
import { verifies } from './verifies.ts';

const TASKS = '/data_pipeline/tasks';
let server: PipelineServer;
let id: string;
beforeAll(async () => {
  server = await startPipeline();
  id = await server.create();
});
afterAll(() => server?.close());

describe('the list of tables', () => {
  const info = async () => (await server.call('GET', `${TASKS}/${id}/table-list-info`)).body;

  verifies('list-info', 'is absent at first', async () => {
    const { message, data } = await info();
    expect(message).toBe('获取表清单信息成功');
    expect(data).toMatchObject({ has_table_list: false, has_file: false, exists: false, file_name: 'table_list.txt' });
    expect(data.expected_path).toBe(`./data_pipeline/training_data/${id}/table_list.txt`);
  });

  verifies('upload-list list-info', 'is uploaded as UTF-8 or GBK, with comments and commas', async () => {
    const text = '# tables\nregion, public.customer\r\n-- none\n\nsales_order,region\n';
    const { status, body } = await server.upload(`${TASKS}/${id}/upload-table-list`, 'my tables.TXT', text);
    expect(status).toBe(200);
    expect(body.message).toBe('表清单文件上传成功');
    expect(body.data).toMatchObject({
      task_id: id,
      file_name: 'table_list.txt',
      filename: 'table_list.txt',
      file_size: Buffer.byteLength(text),
      file_path: `./data_pipeline/training_data/${id}/table_list.txt`,
      table_count: 3,
      tables: ['region', 'public.customer', 'sales_order'],
    });
    expect(readFileSync(join(server.directory(id), 'table_list.txt'), 'utf8')).toBe(text);
    const gbk = Buffer.concat([Buffer.from('# '), Buffer.from([0xb1, 0xed]), Buffer.from('\nregion\n')]);
    expect((await server.upload(`${TASKS}/${id}/upload-table-list`, 'a.txt', gbk)).body.data.tables).toEqual([
      'region',
    ]);
    expect((await info()).data).toMatchObject({
      has_table_list: true,
      table_count: 1,
      table_names: ['region'],
      is_readable: true,
    });
  });

  verifies('upload-list', 'is refused with the reason', async () => {
    const large = 'region\n'.repeat(310_000);
    const cases: [string, string | Uint8Array, string][] = [
      ['a.csv', 'region', '不支持的文件类型，仅支持: .txt'],
      ['a.txt', large, '文件大小超过限制: 2MB'],
      ['a.txt', '', '文件内容为空'],
      ['a.txt', '# nothing\n', '文件内容为空，没有有效的表名'],
      ['a.txt', 'region\nbad name\n', '第 2 行的表名格式不正确: bad name'],
      ['a.txt', 'x; DROP TABLE y', '第 1 行的表名格式不正确: x; DROP TABLE y'],
      ['a.txt', Array.from({ length: 1_001 }, (_, n) => `t${n}`).join('\n'), '表名数量超过限制: 1001 > 1000'],
      ['a.txt', new Uint8Array([0xff, 0xfe, 0x00]), '文件编码不支持，请使用UTF-8或GBK编码的文本文件'],
    ];
    for (const [name, content, details] of cases) {
      const { status, body } = await server.upload(`${TASKS}/${id}/upload-table-list`, name, content);
      expect([status, body.error?.details]).toEqual([400, details]);
      expect(body.error?.invalid_params).toEqual(['file']);
    }
    const empty = new FormData();
    empty.set('other', 'x');
    for (const body of [empty, new URLSearchParams({ file: 'x' })]) {
      const answer = await fetch(`${server.url}/api/v0${TASKS}/${id}/upload-table-list`, { method: 'POST', body });
      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { error: { details: string } }).error.details).toBe('请选择要上传的表清单文件');
    }
    expect((await info()).data.tables).toEqual(['region']);
  });

  verifies('set-list', 'is named in a request, in both forms', async () => {
    const path = `${TASKS}/${id}/table-list`;
    const body = { table_names: ['region', 'customer', 'region'], business_context: '商店管理' };
    const named = (await server.call('POST', path, body)).body;
    expect(named.message).toBe('表清单已成功创建，包含 2 个表');
    expect(named.data).toMatchObject({
      filename: 'table_list.txt',
      table_count: 2,
      unique_table_count: 2,
      original_count: 3,
    });
    expect(readFileSync(join(server.directory(id), 'table_list.txt'), 'utf8')).toMatch(
      /^# 表清单\n# 生成时间: .*\n# 表数量: 2\n/,
    );
    const { data } = (await server.call('GET', `${TASKS}/${id}`)).body;
    expect(data.parameters.business_context).toBe('商店管理');
    expect((await server.call('POST', path, { tables: 'region, sales_order' })).body.data.tables).toEqual([
      'region',
      'sales_order',
    ]);
    const refused: [unknown, string][] = [
      [{}, 'MISSING_PARAMS'],
      [{ table_names: [] }, 'INVALID_FILE'],
      [{ table_names: ['a b'] }, 'INVALID_FILE'],
      [{ table_names: 5 }, 'INVALID_PARAMS'],
      [{ table_names: Array.from({ length: 1_001 }, (_, n) => `t${n}`) }, 'INVALID_FILE'],
    ];
    for (const [wrong, code] of refused) {
      const answer = await server.call('POST', path, wrong);
      expect([answer.status, answer.body.error?.code]).toEqual([400, code]);
    }
  });
});

describe('uploads', () => {
  const upload = (name: string, content: string | Uint8Array, fields?: Record<string, string>) =>
    server.upload(`${TASKS}/${id}/files`, name, content, fields);

  verifies('upload-file', 'keep, replace or leave an existing file', async () => {
    expect((await upload('notes.md', 'one')).body.data.uploaded_file).toMatchObject({ filename: 'notes.md', size: 3 });
    const second = (await upload('notes.md', 'two!')).body.data;
    expect(second.backup_info).toEqual({ had_existing_file: true, backup_filename: 'notes_bak1.md' });
    expect((await upload('notes.md', 'x', { overwrite_mode: 'skip' })).body.data.uploaded_file.skipped).toBe(true);
    expect((await upload('notes.md', 'three', { overwrite_mode: 'replace' })).status).toBe(200);
    const read = (name: string) => readFileSync(join(server.directory(id), name), 'utf8');
    expect([read('notes.md'), read('notes_bak1.md')]).toEqual(['three', 'one']);
    expect(
      readdirSync(server.directory(id))
        .filter((name) => name.startsWith('notes'))
        .sort(),
    ).toEqual(['notes.md', 'notes_bak1.md']);
  });

  verifies('upload-file path-safety', 'are limited in kind, size and name', async () => {
    const refused: [string, string | Uint8Array, Record<string, string>, string][] = [
      ['run.sh', 'x', {}, '不支持的文件类型，仅支持: .ddl, .md, .txt, .json, .sql, .csv'],
      ['big.txt', new Uint8Array(10 * 1024 * 1024 + 1), {}, '文件大小超过限制: 10MB'],
      ['empty.txt', '', {}, '文件内容为空'],
      ['.hidden.txt', 'x', {}, '非法的文件路径'],
      ['x.txt', 'x', { overwrite_mode: 'merge' }, '无效的overwrite_mode，支持: backup, replace, skip'],
    ];
    for (const [name, content, fields, details] of refused) {
      const { status, body } = await upload(name, content, fields);
      expect([name, status, body.error?.details]).toEqual([name, 400, details]);
    }
    expect((await upload('..\\..\\up.txt', 'x')).status).toBe(200);
    expect((await upload('../../above.txt', 'x')).status).toBe(200);
    const names = readdirSync(server.directory(id));
    expect(names.filter((name) => /^(\.|run|big|empty)/.test(name))).toEqual([]);
    expect(names).toContain('above.txt');
  });
});

describe('downloads', () => {
  verifies('download path-safety error-file', 'stay in the directory', async () => {
    writeFileSync(join(server.home, 'outside.txt'), 'secret');
    symlinkSync(join(server.home, 'outside.txt'), join(server.directory(id), 'link.txt'));
    mkdirSync(join(server.directory(id), 'folder.txt'));
    const get = (name: string) => server.call('GET', `${TASKS}/${id}/files/${name}`);
    const illegal = [
      '..%2f..%2foutside.txt',
      '..%5coutside.txt',
      '%2fetc%2fpasswd',
      'a%00.txt',
      '.hidden',
      'link.txt',
      'folder.txt',
    ];
    for (const name of illegal) {
      const { status, body } = await get(name);
      expect([name, status, body.error?.code]).toEqual([name, 400, 'INVALID_PATH']);
      expect(body.error?.invalid_params).toEqual(['filename']);
      expect(JSON.stringify(body)).not.toContain(server.home);
    }
    expect((await get('nothing.txt')).body).toMatchObject({ code: 404, error: { code: 'FILE_NOT_FOUND' } });
    const listed = (await server.call('GET', `${TASKS}/${id}/files`)).body.data.files.map(
      (file: { file_name: string }) => file.file_name,
    );
    expect(listed).not.toContain('link.txt');
    expect(listed).not.toContain('folder.txt');
  });

  verifies('download files', 'serve names with any letters, and empty files', async () => {
    writeFileSync(join(server.directory(id), '表 1.md'), '# 表');
    writeFileSync(join(server.directory(id), 'nothing.txt'), '');
    const { files } = (await server.call('GET', `${TASKS}/${id}/files`)).body.data;
    const named = files.find((file: { file_name: string }) => file.file_name === '表 1.md');
    expect(named).toMatchObject({ file_type: 'markdown', file_size_human: '5.0 B', is_primary: false });
    const response = await fetch(server.url + named.download_url);
    expect(await response.text()).toBe('# 表');
    expect(response.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('表 1.md')}`);
    const empty = files.find((file: { file_name: string }) => file.file_name === 'nothing.txt');
    expect(empty.file_size_human).toBe('0 B');
    expect(await (await fetch(server.url + empty.download_url)).text()).toBe('');
  });
});
