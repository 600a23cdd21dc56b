/** Moments in the local time of this machine, as names and log lines carry them. */
const two = (value: number): string => String(value).padStart(2, '0');

const day = (at: Date, separator: string): string =>
  [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join(separator);
const time = (at: Date, separator: string): string =>
  [two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join(separator);

/** `20250627_143052` */
export const fileStamp = (at: Date): string => `${day(at, '')}_${time(at, '')}`;
/** `20250627143052` */
export const compactStamp = (at: Date): string => `${day(at, '')}${time(at, '')}`;
/** `2025-06-27 14:30:52` */
export const logStamp = (at: Date): string => `${day(at, '-')} ${time(at, ':')}`;
/** `2025-06-27T14:30:52` */
export const isoLocal = (at: Date): string => `${day(at, '-')}T${time(at, ':')}`;
