import { expect, test } from 'vitest';
import { CommandFailure, canRun, runCommand } from '../../../../src/lab/setup/run-command.ts';

const script = (text: string): string[] => ['-e', text];
const node = process.execPath;

test('tells every line of both streams and answers the last ones', async () => {
  const lines: string[] = [];
  const work = { onProgress: (line: string) => lines.push(line), signal: new AbortController().signal };
  const printing = 'for (let i = 0; i < 20; i++) console.log("out " + i); console.error("error"); console.log()';
  const last = await runCommand(node, script(printing), work);
  expect(lines).toHaveLength(21);
  expect(lines).toContain('error');
  expect(last.split('\n')).toHaveLength(15);
});

test('a failure carries what was printed last', async () => {
  const work = { onProgress: () => {}, signal: new AbortController().signal };
  const failing = runCommand(node, script('console.error("no such package"); process.exitCode = 100'), work);
  await expect(failing).rejects.toBeInstanceOf(CommandFailure);
  await expect(failing).rejects.toMatchObject({ lastLines: 'no such package' });
});

test('a command that does not exist is a failure', async () => {
  const work = { onProgress: () => {}, signal: new AbortController().signal };
  await expect(runCommand('deployclock-no-such-command', [], work)).rejects.toBeInstanceOf(CommandFailure);
  expect(await canRun('deployclock-no-such-command', [])).toBe(false);
  expect(await canRun(node, ['--version'])).toBe(true);
});

test('called off, it ends the command and throws the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('called off');
  const work = { onProgress: () => controller.abort(reason), signal: controller.signal };
  await expect(runCommand(node, script('console.log("up"); setTimeout(() => {}, 60000)'), work)).rejects.toBe(reason);
});
