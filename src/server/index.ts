export { createServer, type HttpServer, type ServerOptions } from './app.ts';
export { type ServeHost, type ServeOptions, serve } from './process/serve.ts';
