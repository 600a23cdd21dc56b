import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { lastEventId, logPosition, wasSeen } from './cursor.ts';

const request = (id?: string) =>
  ({ headers: id === undefined ? {} : { 'last-event-id': id } }) as unknown as FastifyRequest;

it('reads the ids that streams carry, whole events and parts of them', () => {
  expect(lastEventId(request())).toBeNull();
  expect(lastEventId(request(''))).toBeNull();
  expect(lastEventId(request('7'))).toEqual({ seq: 7, part: null });
  expect(lastEventId(request('7.2'))).toEqual({ seq: 7, part: 2 });
  for (const wrong of ['-1', '1e3', '7.', 'seven', '9'.repeat(20)])
    expect(() => lastEventId(request(wrong))).toThrow(/Last-Event-ID/);
});

it('reads an event again that was seen in part, and leaves out what was seen of it', () => {
  expect(logPosition({ seq: 7, part: null })).toBe(7);
  expect(logPosition({ seq: 7, part: 2 })).toBe(6);
  expect(['7.1', '7.2', '7.3', '8'].map((id) => wasSeen(id, { seq: 7, part: 2 }))).toEqual([true, true, false, false]);
  expect(wasSeen('7', { seq: 7, part: null })).toBe(false);
  expect(wasSeen(undefined, { seq: 7, part: 2 })).toBe(false);
});
