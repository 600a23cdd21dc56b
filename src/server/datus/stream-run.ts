/** A run as a stream of server-sent events, in the family of the endpoint that started it. */
import type { FastifyReply } from 'fastify';
import type { Engine, Run, RunRecord } from '../../engine/index.ts';
import { type SseFrame, sendEventStream } from '../shared/sse-writer.ts';
import { type Cursor, logPosition, wasSeen } from './cursor.ts';
import { createResearchEncoder } from './encode-research-events.ts';
import { encodeRunRecord } from './encode-run-events.ts';

type Encoder = (record: RunRecord) => readonly SseFrame[];

/** Frames of a stored run depend on its records alone, so that every replay is the same stream again. */
function encoderOf(run: Pick<Run, 'id' | 'channel'>): Encoder {
  if (run.channel === 'chat_research') return createResearchEncoder(run);
  return (record) => {
    const frame = encodeRunRecord(run.id, record);
    return frame ? [frame] : [];
  };
}

export interface StreamOptions {
  readonly engine: Engine;
  readonly run: Pick<Run, 'id' | 'owner' | 'channel'>;
  readonly after: Cursor;
  /** Aborts when the server stops: the client is to come back with its cursor. */
  readonly closing: AbortSignal;
}

/** Sends a run's frames from a cursor to its terminal frame; the run goes on when the client leaves. */
export async function streamRun(reply: FastifyReply, { engine, run, after, closing }: StreamOptions): Promise<void> {
  await sendEventStream(
    reply,
    async function* (gone) {
      const signal = AbortSignal.any([gone, closing]);
      const records = await engine.followRun(run.owner, run.id, { after: logPosition(after), signal });
      if (!records) return;
      const encode = encoderOf(run);
      for await (const record of records) {
        for (const frame of encode(record)) if (!wasSeen(frame.id, after)) yield frame;
      }
    },
    { 'x-task-id': run.id },
  );
}
