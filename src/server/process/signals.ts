/** A repeat of a signal within this time is the process group's echo of the first one. */
const SIGNAL_ECHO_MS = 300;

/** Resolves at the first SIGINT, SIGTERM or SIGHUP; a second one, not an echo, ends the process at once. */
export function stopSignal(atOnce: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first = 0;
    const onSignal = (): void => {
      const now = Date.now();
      if (first === 0) {
        first = now;
        resolve();
      } else if (now - first > SIGNAL_ECHO_MS) {
        atOnce();
        process.exit(130);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}
