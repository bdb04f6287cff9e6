import { setMaxListeners } from 'node:events';

/**
 * The first Ctrl-C (or SIGTERM, or a hang-up) asks the command to end: it cleans up and exits 130. The third ends the process on the spot;
 * what it leaves behind bears labels that `deployclock clean` finds.
 */
export function watchForInterrupt(notice: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  // Every node that is being started listens, and a round has as many as it has variants.
  setMaxListeners(0, controller.signal);
  let count = 0;
  const onSignal = (): void => {
    count += 1;
    if (count === 1) {
      notice('\nInterrupted: cleaning up (the lab is being removed; twice more to leave at once) …\n');
      controller.abort();
    } else if (count === 3) {
      notice('Left at once. `deployclock clean` removes what remains.\n');
      process.exit(130);
    }
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  return controller.signal;
}
