/** The ask API as one encapsulated plugin: its own errors, its own authentication. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Engine } from '../../engine/index.ts';
import { createAuthenticate } from './authenticate.ts';
import { chatNotFound, decodeChatId, decodeDatasourceId, invalidDatasource } from './decode.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeDatasource } from './encode-datasource.ts';
import { handleError, OpenApiProblem, parseBody } from './errors.ts';
import { streamExchange } from './stream-exchange.ts';
import { askRequestSchema, datasourcesRequestSchema } from './wire.ts';

const PREFIX = '/api/v1/open';

export function sqlbotSurface(engine: Engine, closing: AbortSignal) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(handleError);
    const authenticate = createAuthenticate(engine);
    const askSchema = askRequestSchema(engine.config.limits.question_characters);
    const imageUrl = (request: FastifyRequest) => {
      const { server, open_api } = engine.config;
      const base = open_api.public_url ?? `${request.protocol}://${request.host}${server.root_path}`;
      return (name: string): string => `${base.replace(/\/+$/, '')}${PREFIX}/images/${name}.png`;
    };

    app.post(
      `${PREFIX}/datasources`,
      {
        schema: { summary: 'The datasources that a user may ask', tags: ['ask'], body: datasourcesRequestSchema },
        attachValidation: true,
      },
      async (request) => {
        const body = parseBody(datasourcesRequestSchema, request.body);
        const account = await authenticate(request, body);
        return { datasources: (await engine.ask.datasources(account, closing)).map(encodeDatasource) };
      },
    );

    app.post(
      `${PREFIX}/ask`,
      {
        schema: { summary: 'Ask a question, or go on with a chat', tags: ['ask'], body: askSchema },
        attachValidation: true,
      },
      async (request, reply) => {
        const body = parseBody(askSchema, request.body);
        const account = await authenticate(request, body);
        const datasourceId = decodeDatasourceId(body.datasource_id);
        const chatId = decodeChatId(body.chat_id);
        const asked = await engine.ask.ask(account, { question: body.question.trim(), datasourceId, chatId });
        if (!asked.ok) throw asked.failure === 'chat-not-found' ? chatNotFound() : invalidDatasource();
        const exchange = asked.value;
        if (body.stream) {
          await streamExchange(request, reply, exchange.chatId, exchange.events(closing), imageUrl(request));
          return reply;
        }
        const { success, answer } = await encodeAnswer(exchange.events(closing), imageUrl(request));
        return reply.code(success ? 200 : 500).send({ chat_id: exchange.chatId, answer });
      },
    );

    app.get(
      `${PREFIX}/images/:name`,
      { schema: { summary: 'The picture of a chart, while its link is valid', tags: ['ask'] } },
      async (request, reply) => {
        const { name } = request.params as { name: string };
        const png = name.endsWith('.png') ? await engine.ask.image(name.slice(0, -4)) : null;
        if (!png) throw new OpenApiProblem(404, 'Image not found');
        return reply.type('image/png').header('cache-control', 'private, no-cache').send(png);
      },
    );
  };
}
