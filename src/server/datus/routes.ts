/** The workflow API as one encapsulated plugin: its own errors, its own authentication. */
import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/index.ts';
import type { ClientAuth } from '../shared/client-auth.ts';
import { addAuthRoutes } from './auth-routes.ts';
import { handleError } from './errors.ts';
import { addResearchRoutes } from './research-routes.ts';
import { addRunRoutes } from './run-routes.ts';
import { addTaskRoutes } from './task-routes.ts';
import { healthSchema } from './wire.ts';

const VERSION = '1.0.0';

export function datusSurface(engine: Engine, auth: ClientAuth, closing: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(handleError);
    app.get('/', { schema: { summary: 'What this server is', tags: ['server'] } }, () => ({
      message: 'Datus Agent API',
      version: VERSION,
      docs: '/docs',
      health: '/health',
    }));
    app.get(
      '/health',
      { schema: { summary: 'State of databases and model', tags: ['server'], response: { 200: healthSchema } } },
      () => {
        const health = engine.health();
        return {
          status: 'healthy' as const,
          version: VERSION,
          database_status: { ...health.databases },
          llm_status: health.model,
        };
      },
    );
    addAuthRoutes(app, auth);
    addRunRoutes(app, { engine, auth, closing });
    addResearchRoutes(app, { engine, auth, closing });
    addTaskRoutes(app, { engine, auth, closing });
  };
}
