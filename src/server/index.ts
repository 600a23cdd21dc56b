export { createServer, type HttpServer, type ServerOptions } from './app.ts';
export { ACTIONS, type ServeOptions } from './process/options.ts';
export { type ServeHost, serve } from './process/serve.ts';
