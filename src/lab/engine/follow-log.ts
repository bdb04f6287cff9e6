import { addAbortSignal, type Readable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import { DeployclockError } from '../../errors.ts';
import type { Milliseconds } from '../../units.ts';
import type { Engine } from './engine.ts';
import { engineError } from './engine-error.ts';
import { LogFrames } from './log-frames.ts';
import { LogLines, TerminalMessages, type WrittenLine } from './log-lines.ts';

export interface LogLine extends WrittenLine {
  /** When it arrived here. */
  readonly at: Milliseconds;
}

/**
 * Follows a container's log from its very first line until the container ends, line by line as they arrive. The two streams are kept
 * apart, so that a line of one never lands inside a line of the other.
 * @throws DeployclockError ENGINE_UNSUITABLE where the engine keeps no log that can be read; ENGINE_REQUEST_FAILED; what `signal` was
 * aborted with
 */
export async function* followLog(
  engine: Engine,
  containerId: string,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<LogLine, void> {
  try {
    const { terminal, response } = await openLog(engine, containerId, signal);
    const cut = terminal ? cutTerminal() : cutFrames();
    for await (const chunk of response) {
      const at = clock.now();
      for (const line of cut(chunk as Buffer)) yield { ...line, at };
    }
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = engineError('ENGINE_REQUEST_FAILED', "following the app's log", thrown);
    throw /does not support reading/.test(failure.message) ? unreadable(failure) : failure;
  }
}

function unreadable({ message, cause }: DeployclockError): DeployclockError {
  const hint = 'Set `log-driver` of that engine to json-file or local, or another `ready.check` in scenario.yaml.';
  return new DeployclockError('ENGINE_UNSUITABLE', message, { hint, cause });
}

async function openLog(
  engine: Engine,
  containerId: string,
  signal: AbortSignal,
): Promise<{ terminal: boolean; response: Readable }> {
  const container = engine.docker.getContainer(containerId);
  // Only from API 1.42 on does the answer itself say whether it has frames.
  const { Config } = await container.inspect({ abortSignal: signal });
  const options = { follow: true, stdout: true, stderr: true, timestamps: true, abortSignal: signal } as const;
  const response = (await container.logs(options)) as Readable;
  return { terminal: Config.Tty, response: addAbortSignal(signal, response) };
}

function cutTerminal(): (chunk: Buffer) => WrittenLine[] {
  const messages = new TerminalMessages();
  const lines = new LogLines();
  return (chunk) => messages.push(chunk).flatMap((message) => lines.push(message) ?? []);
}

function cutFrames(): (chunk: Buffer) => WrittenLine[] {
  const frames = new LogFrames();
  const lines = { stdout: new LogLines(), stderr: new LogLines() };
  return (chunk) =>
    frames.push(chunk).flatMap(({ stream, payload }) => {
      if (stream === 'engine') throw new DeployclockError('ENGINE_REQUEST_FAILED', payload.toString('utf8').trim());
      return lines[stream].push(payload) ?? [];
    });
}
