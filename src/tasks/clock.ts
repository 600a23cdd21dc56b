/** The source of moments; timers are real. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
