import { formatDuration } from '../report/format.ts';
import { safeLine } from '../report/safe-text.ts';
import type { RunRecord } from '../results/run-record.ts';
import type { Sample } from '../results/sample.ts';
import type { RunEvent } from '../run/events.ts';
import type { Io } from './io.ts';

/** Shows a run's events on stderr. Writing a short line a second costs less than a thousandth of a core. */
export interface Progress {
  readonly onEvent: (event: RunEvent) => void;
  /** A line between the others, as it is. */
  readonly tell: (text: string) => void;
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
      finished === 0 || finished >= deploys
        ? ''
        : `, about ${formatDuration(((now() - began) / finished) * (deploys - finished))} left`;
    const current = phase === null ? '' : ` · ${phase} ${formatSeconds(now() - phaseSince)}`;
    return `${position}${current} · ${formatSeconds(now() - began)} in all${left}`;
  };
  const draw = (): void => {
    if (io.errIsTerminal) io.err(`\r\u001b[2K${status().slice(0, io.columns - 1)}`);
    else io.err(`  … ${status()}\n`);
  };
  const line = (text: string): void => {
    const shown = safeLine(text);
    io.err(io.errIsTerminal ? `\r\u001b[2K${shown}\n` : `${shown}\n`);
  };
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
          `deploy ${event.order} of ${event.deploys} · round ${event.turn.round} · ${event.turn.variant} · ${event.turn.kind}${ordinal(event.turn.repeat, event.attempt)}`,
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
      case 'laps-ended':
        at(`round ${event.round}: removing its nodes`);
        break;
      case 'links-probed':
        if (detail === 'phases') for (const probe of event.probes) line(describeProbe(probe));
        break;
      case 'left-behind':
        line(`could not be removed: ${event.what}`);
        break;
      case 'lab-closing':
        at('removing the lab');
        break;
    }
  };
  return {
    onEvent,
    tell: line,
    stop: () => {
      clearInterval(timer);
      if (io.errIsTerminal) io.err('\r\u001b[2K');
    },
  };
}

function describeSample(sample: Sample): string {
  const time = sample.release === null ? '' : ` ${formatDuration(sample.release.ms)}`;
  const again = sample.outcome === 'wrong-state' ? `: ${safeLine(sample.failure?.message ?? '')}` : '';
  const doubt = sample.tainted.length === 0 ? '' : `, tainted: ${safeLine(sample.tainted.join('; '))}`;
  const place = `round ${sample.round} · ${sample.variant} · ${sample.kind}${ordinal(sample.repeat, sample.attempt)}`;
  return `${place}: ${sample.outcome}${time}${again}${doubt}`;
}

function describeProbe({ label, direction, wanted, measured }: RunRecord['linkProbes'][number]): string {
  const way = direction === 'from-registry' ? 'down' : 'up';
  return `link ${label} ${way}: ${(measured / 1e6).toPrecision(4)} Mbit/s of ${wanted / 1e6}`;
}

/** Which of a kind's repeats a deploy is, and which attempt; nothing where it is the first of both. */
function ordinal(repeat: number, attempt: number): string {
  return `${repeat === 1 ? '' : ` ${repeat}`}${attempt === 1 ? '' : `, attempt ${attempt}`}`;
}

function formatSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
