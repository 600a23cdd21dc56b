/** The cursor of a reconnecting client: the `id:` of the last frame it saw. */
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './errors.ts';

/** `7`, or `7.2` where one stored event gave several frames. */
export interface Cursor {
  readonly seq: number;
  /** Frames of the event `seq` that were seen; null: all of them. */
  readonly part: number | null;
}

export const START: Cursor = { seq: 0, part: null };

/** Null without the header; anything that this server never sends is a client's mistake. */
export function lastEventId(request: FastifyRequest): Cursor | null {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return null;
  const match = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(String(header));
  if (!match) throw new HttpProblem(400, 'Last-Event-ID must be an id that this server sent');
  return { seq: Number(match[1]), part: match[2] === undefined ? null : Number(match[2]) };
}

/** The durable event after which the log has to be read. */
export const logPosition = ({ seq, part }: Cursor): number => (part === null ? seq : Math.max(0, seq - 1));

/** True for a frame that the client has seen already. */
export function wasSeen(frameId: string | undefined, { seq, part }: Cursor): boolean {
  if (part === null || frameId === undefined) return false;
  const [frameSeq = '', framePart] = frameId.split('.');
  return Number(frameSeq) < seq || (Number(frameSeq) === seq && framePart !== undefined && Number(framePart) <= part);
}
