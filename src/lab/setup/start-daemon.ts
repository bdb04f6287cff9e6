import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeployclockError, messageOf } from '../../errors.ts';
import { CommandFailure, runCommand, type Work } from './run-command.ts';

export interface DaemonSettings {
  readonly command: readonly [string, ...string[]];
  readonly socket: string;
  /** Tried in order; the first that can be written to is used. */
  readonly logFiles: readonly string[];
  /** Whether systemd runs the machine, and so the engine. */
  readonly systemd: boolean;
  readonly answerWithinMs: number;
}

const logName = 'deployclock-dockerd.log';

/** The engine of this machine, as its packages set it up. */
export function usualDaemon(): DaemonSettings {
  return {
    command: ['dockerd'],
    socket: '/var/run/docker.sock',
    logFiles: [`/var/log/${logName}`, join(tmpdir(), logName)],
    systemd: existsSync('/run/systemd/system'),
    answerWithinMs: 60_000,
  };
}

/**
 * Starts an engine that is installed but not running, and waits until it answers. Without systemd it becomes a session of its
 * own that holds none of this process's streams: this process can end, and nothing waits for the engine to.
 * @throws DeployclockError ENGINE_UNREACHABLE with the engine's last log lines
 */
export async function startDaemon(settings: DaemonSettings, work: Work): Promise<void> {
  if (settings.systemd) {
    await startByService(settings, work);
    return;
  }
  const { file, path } = await openLog(settings.logFiles);
  work.onProgress(`starting ${settings.command[0]}, log in ${path}`);
  try {
    const [command, ...parameters] = settings.command;
    const child = spawn(command, parameters, { detached: true, cwd: '/', stdio: ['ignore', file.fd, file.fd] });
    child.unref();
    const death = deathOf(child);
    const answered = await waitForAnswer(settings, death, work.signal).catch((thrown: unknown) => {
      end(child);
      throw thrown;
    });
    if (answered === 'yes') return;
    end(child);
    throw await notStarted(answered, path);
  } finally {
    await file.close();
  }
}

/** Whether a Docker engine answers on this Unix socket, asked with the API's own ping. */
export async function answersPing(socketPath: string): Promise<boolean> {
  return await new Promise<boolean>((resolve) => {
    const request = get({ socketPath, path: '/_ping', timeout: 2000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

async function startByService(settings: DaemonSettings, work: Work): Promise<void> {
  try {
    await runCommand('systemctl', ['start', 'docker'], work);
  } catch (thrown) {
    if (!(thrown instanceof CommandFailure)) throw thrown;
    throw new DeployclockError('ENGINE_UNREACHABLE', 'systemd could not start the Docker engine.', {
      hint: 'systemctl status docker; journalctl -u docker -n 50',
      excerpt: thrown.lastLines,
      cause: thrown,
    });
  }
  if ((await waitForAnswer(settings, { reason: null }, work.signal)) === 'yes') return;
  throw new DeployclockError(
    'ENGINE_UNREACHABLE',
    `systemd started the Docker engine, but ${settings.socket} does not answer.`,
    {
      hint: 'journalctl -u docker -n 50',
    },
  );
}

/** Why the child is gone; null while it lives. Filled in when it happens. */
interface Death {
  reason: string | null;
}

function deathOf(child: ChildProcess): Death {
  const death: Death = { reason: null };
  child.on('error', (error) => {
    death.reason = `could not be run: ${messageOf(error)}`;
  });
  child.on('exit', (code, signal) => {
    death.reason = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  });
  return death;
}

/** Ends what was started, with its children. */
function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGTERM');
}

async function waitForAnswer(settings: DaemonSettings, death: Death, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + settings.answerWithinMs;
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    if (death.reason !== null) return death.reason;
    if (await answersPing(settings.socket)) return 'yes';
    await sleep(50);
  }
  return `did not answer on ${settings.socket} within ${settings.answerWithinMs / 1000} s`;
}

async function openLog(paths: readonly string[]): Promise<{ file: FileHandle; path: string }> {
  for (const path of paths) {
    const file = await open(path, 'w').catch(() => null);
    if (file !== null) return { file, path };
  }
  throw new DeployclockError('ENGINE_UNREACHABLE', `No log file for the engine could be written: ${paths.join(', ')}.`);
}

async function notStarted(reason: string, logFile: string): Promise<DeployclockError> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-15);
  return new DeployclockError('ENGINE_UNREACHABLE', `The Docker engine was started, but ${reason}.`, {
    hint: `cat ${logFile}`,
    excerpt: lines.join('\n'),
  });
}
