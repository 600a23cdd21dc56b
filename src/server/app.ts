/** The HTTP host: one Fastify app, one encapsulated plugin per surface, strict bodies, documentation. */
import cors from '@fastify/cors';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { AuthClients, Engine } from '../engine/index.ts';
import { datusSurface } from './datus/routes.ts';
import { unknownPath } from './pipeline/errors.ts';
import { pipelineSurface } from './pipeline/routes.ts';
import { createClientAuth } from './shared/client-auth.ts';
import { useStrictJson } from './shared/json-body.ts';
import { sqlbotSurface } from './sqlbot/routes.ts';

/** What a host needs of the server: listen, close, the bound address. */
export type HttpServer = FastifyInstance;

export interface ServerOptions {
  readonly engine: Engine;
  /** Reads the clients' file as it is now. */
  readonly authClients: () => AuthClients;
  readonly logger: FastifyBaseLogger;
  /** Aborts when the server stops: open streams end, so that their readers come back to the next one. */
  readonly closing?: AbortSignal;
  /** Which surface says what this server is at `/`. */
  readonly face?: 'workflows' | 'pipeline';
}

/** Builds the app; the caller listens and closes. */
export async function createServer({
  engine,
  authClients,
  logger,
  closing = new AbortController().signal,
  face = 'workflows',
}: ServerOptions): Promise<HttpServer> {
  const { server, limits } = engine.config;
  const rootPath = server.root_path.replace(/\/+$/, '');
  const app = Fastify({
    // A proxy may pass its own prefix on, or take it away.
    rewriteUrl: ({ url = '/' }) =>
      rootPath !== '' && (url === rootPath || url.startsWith(`${rootPath}/`)) ? url.slice(rootPath.length) || '/' : url,
    loggerInstance: logger,
    trustProxy: server.trusted_proxies.length > 0 && [...server.trusted_proxies],
    bodyLimit: limits.request_body_bytes,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512 },
    return503OnClosing: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const routes = new Set<RegExp>();
  app.addHook('onRoute', ({ url }) => {
    const pattern = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')));
    if (!url.includes('*')) routes.add(new RegExp(`^${pattern.join('/')}/?$`));
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const known = [...routes].some((pattern) => pattern.test(path));
    if (path.startsWith('/api/v0/')) return unknownPath(reply, known);
    reply.code(known ? 405 : 404).send({ detail: known ? 'Method Not Allowed' : 'Not Found' });
  });
  useStrictJson(app);
  if (face === 'pipeline') {
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.url === '/') await reply.send({ message: '统一API服务正在运行', version: '1.0.0' });
    });
  }
  await app.register(formbody, { bodyLimit: 64 * 1024 });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fileSize: limits.upload_bytes, files: 4, fields: 100 },
  });
  if (server.cors_origins.length > 0) await app.register(cors, { origin: [...server.cors_origins], credentials: true });
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Querent',
        description: 'Ask your databases: workflow API, data pipeline, ask API.',
        version: '1.0.0',
      },
      ...(rootPath === '' ? {} : { servers: [{ url: rootPath }] }),
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  const auth = createClientAuth(authClients);
  await app.register(datusSurface(engine, auth, closing));
  await app.register(pipelineSurface(engine, auth));
  await app.register(sqlbotSurface(engine, closing));
  return app;
}
