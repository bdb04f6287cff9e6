import { DeployclockError } from '../../errors.ts';
import type { ContainerHealth, HealthProbe } from '../../lab/engine/inspect-health.ts';
import type { Milliseconds } from '../../units.ts';
import type { Shortfall } from './watch.ts';

export function noHealthcheck(): DeployclockError {
  return new DeployclockError(
    'APP_NEVER_READY',
    'The image has no HEALTHCHECK, so Docker will never call it healthy.',
    {
      hint: 'Add a HEALTHCHECK to the Dockerfile, or set another `ready.check` in scenario.yaml: http, tcp, log.',
    },
  );
}

/** Docker gave the container up. */
export function unhealthy({ settings, probes }: ContainerHealth): DeployclockError {
  const often = settings === null || settings.retries === 1 ? '' : ` ${settings.retries} times in a row`;
  return new DeployclockError(
    'APP_NEVER_READY',
    `Docker calls the container unhealthy: its HEALTHCHECK failed${often}.`,
    {
      hint: 'Mend the HEALTHCHECK, or give the app time with --start-period.',
      excerpt: describeProbes(probes) ?? '(the engine keeps no output of the probes)',
    },
  );
}

/**
 * Docker had not made up its mind in time.
 * @param answered how long after the beginning the app itself had first answered; null where it did not, or has no port
 */
export function describeStarting(
  health: ContainerHealth | null,
  answered: Milliseconds | null,
  within: string,
): Shortfall {
  const settings = health?.settings ?? null;
  const rhythm =
    settings === null
      ? ''
      : ` The engine runs its HEALTHCHECK every ${seconds(firstInterval(settings))}, first after as long.`;
  const own = answered === null ? '' : ` The app itself first answered after ${seconds(answered)}.`;
  return {
    message: `Docker did not call the container healthy within ${within}.${rhythm}${own}`,
    hint: 'Shorten --interval (or set --start-period and --start-interval) of the HEALTHCHECK, or raise `ready.timeout`.',
    excerpt: describeProbes(health?.probes ?? []),
  };
}

/** Inside the start period the engine's start interval applies instead (moby daemon/health.go, monitor). */
function firstInterval(settings: NonNullable<ContainerHealth['settings']>): Milliseconds {
  const { interval, startPeriod, startInterval } = settings;
  return startPeriod > 0 && startInterval !== null ? startInterval : interval;
}

function describeProbes(probes: readonly HealthProbe[]): string | null {
  if (probes.length === 0) return null;
  return probes
    .map(({ exitCode, output }) => `exit code ${exitCode}: ${output === '' ? '(no output)' : output}`)
    .join('\n');
}

function seconds(ms: Milliseconds): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}
