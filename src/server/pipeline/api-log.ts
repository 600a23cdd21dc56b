/** The log of requests, one line each: `2025-07-01 14:30:50 [INFO] unified_api: POST /api/… - 201`. */
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { isoLocal } from '../../engine/index.ts';

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];

/** In `logs/app.log` of the home, or of `DATA_PIPELINE_LOG_DIR`; `FLASK_LOG_LEVEL` says how much. */
export function openApiLog(app: FastifyInstance, home: string): void {
  const directory = process.env.DATA_PIPELINE_LOG_DIR ? resolve(process.env.DATA_PIPELINE_LOG_DIR) : join(home, 'logs');
  const least = Math.max(LEVELS.indexOf((process.env.FLASK_LOG_LEVEL ?? '').toUpperCase()), 1);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = createWriteStream(join(directory, 'app.log'), { flags: 'a', mode: 0o600 });
  // A full disk must not stop the API.
  file.on('error', (error) => app.log.warn({ reason: error.message }, 'the API log cannot be written'));
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'ERROR' : reply.statusCode >= 400 ? 'WARNING' : 'INFO';
    if (LEVELS.indexOf(level) < least) return;
    const path = request.url.split('?')[0] ?? '/';
    const at = isoLocal(new Date()).replace('T', ' ');
    file.write(`${at} [${level}] unified_api: ${request.method} ${path} - ${reply.statusCode}\n`);
  });
  app.addHook('onClose', async () => {
    await new Promise<void>((done) => file.end(done));
  });
}
