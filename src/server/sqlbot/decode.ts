/** Numbers of datasources and chats as callers write them → the engine's. */
import { OpenApiProblem } from './errors.ts';

const MAX_ID = 2_147_483_647;

/** Blank is null. @throws OpenApiProblem 400 for text that is no number */
export function decodeDatasourceId(value: number | string | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && value.trim() === '') return null;
  if (typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value)) throw invalidDatasource();
  const id = Number(value);
  if (id < 1 || id > MAX_ID) throw invalidDatasource();
  return id;
}

/** A number that no chat can have is a chat that is not there. */
export function decodeChatId(value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (value < 1 || value > MAX_ID) throw chatNotFound();
  return value;
}

export const invalidDatasource = (): OpenApiProblem => new OpenApiProblem(400, 'Invalid datasource_id');
export const chatNotFound = (): OpenApiProblem => new OpenApiProblem(404, 'Chat not found');
