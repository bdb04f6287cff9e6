import { formatDuration } from '../report/format.ts';
import type { Sample } from '../results/sample.ts';
import type { RunEvent } from '../run/events.ts';
import type { Io } from './io.ts';

/** Shows a run's events on stderr. Writing a short line a second costs less than a thousandth of a core. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  readonly stop: () => void;
}

const heartbeatMs = 15_000;
const frameMs = 1000;

/**
 * One line for every finished deploy on any terminal, and with `verbose` one for every phase as it starts; between them a live line on
 * a terminal, a heartbeat elsewhere.
 */
export function createProgress(io: Io, now: () => number, detail: 'deploys' | 'phases'): Progress {
  let position = 'opening the lab';
  let phase: string | null = null;
  let phaseSince = now();
  const began = now();
  let finished = 0;
  let deploys = 0;

  const status = (): string => {
    const left =
      finished === 0 || finished === deploys
        ? ''
        : `, about ${formatDuration(((now() - began) / finished) * (deploys - finished))} left`;
    const current = phase === null ? '' : ` · ${phase} ${formatSeconds(now() - phaseSince)}`;
    return `${position}${current} · ${formatSeconds(now() - began)} in all${left}`;
  };
  const draw = (): void => {
    if (io.errIsTerminal) io.err(`\r\u001b[2K${status().slice(0, io.columns - 1)}`);
    else io.err(`  … ${status()}\n`);
  };
  const line = (text: string): void => io.err(io.errIsTerminal ? `\r\u001b[2K${text}\n` : `${text}\n`);
  const timer = setInterval(draw, io.errIsTerminal ? frameMs : heartbeatMs);

  const at = (text: string): void => {
    position = text;
    phase = null;
    phaseSince = now();
    if (detail === 'phases') line(text);
  };

  const onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case 'lab-opening':
        at('opening the lab');
        break;
      case 'base-images-missing':
        line(`fetching base images into the lab's mirror: ${event.references.join(', ')}`);
        break;
      case 'base-images-direct':
        line(
          `the builder fetches these from their own registries, so the internet is part of its time: ${event.references.join(', ')}`,
        );
        break;
      case 'round-started':
        at(`round ${event.round} of ${event.rounds}: starting fresh nodes`);
        break;
      case 'deploy-started':
        deploys = event.deploys;
        at(
          `deploy ${event.order} of ${event.deploys} · round ${event.turn.round} · ${event.turn.variant} · ${event.turn.kind}`,
        );
        break;
      case 'phase-started':
        phase = event.phase;
        phaseSince = now();
        if (detail === 'phases') line(`${position} · ${event.phase}`);
        break;
      case 'deploy-ended':
        finished += 1;
        line(describeSample(event.sample));
        break;
      case 'lap-abandoned':
        line(
          `round ${event.round} · ${event.variant}: the rest of its lap is left out, for want of a deploy to go on from`,
        );
        break;
      case 'round-ended':
        at(`round ${event.round} of ${event.rounds}: removing its nodes`);
        break;
      case 'lab-closing':
        at('removing the lab');
        break;
    }
  };
  return {
    onEvent,
    stop: () => {
      clearInterval(timer);
      if (io.errIsTerminal) io.err('\r\u001b[2K');
    },
  };
}

function describeSample(sample: Sample): string {
  const time = sample.release === null ? '' : ` ${formatDuration(sample.release.ms)}`;
  return `round ${sample.round} · ${sample.variant} · ${sample.kind}: ${sample.outcome}${time}`;
}

function formatSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
