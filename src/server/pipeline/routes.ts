/** The data pipeline API as one encapsulated plugin: its own envelope, errors, access and uploads. */
import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/index.ts';
import type { ClientAuth } from '../shared/client-auth.ts';
import { createAccess } from './access.ts';
import { openApiLog } from './api-log.ts';
import { addDatabaseRoutes } from './database-routes.ts';
import { handleError } from './errors.ts';
import { addFileRoutes } from './file-routes.ts';
import { addLogRoutes } from './log-routes.ts';
import { addTaskRoutes } from './task-routes.ts';
import { addVectorRoutes } from './vector-routes.ts';

export function pipelineSurface(engine: Engine, auth: ClientAuth) {
  return async (app: FastifyInstance): Promise<void> => {
    const { pipeline, config } = engine;
    const access = createAccess({
      apiKey: config.pipeline.api_key || null,
      auth,
      corsOrigins: config.server.cors_origins,
    });
    // Uploads have limits of their own, and are read as streams.
    if (app.hasContentTypeParser('multipart/form-data')) app.removeContentTypeParser('multipart/form-data');
    app.addContentTypeParser('multipart/form-data', (_request, payload, done) => done(null, payload));
    app.setErrorHandler(handleError);
    app.addHook('onRequest', async (request) => {
      await access.caller(request);
    });
    openApiLog(app, engine.home);
    addTaskRoutes(app, pipeline, access);
    addFileRoutes(app, pipeline);
    addLogRoutes(app, pipeline);
    addDatabaseRoutes(app, pipeline);
    addVectorRoutes(app, pipeline);
  };
}
