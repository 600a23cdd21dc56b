/** `YYYYMMDD_HHMMSS` in local time, as the files of a task carry it. */
export function fileStamp(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}`;
  return `${day}_${two(moment.getHours())}${two(moment.getMinutes())}${two(moment.getSeconds())}`;
}
