import { DeployclockError } from '../errors.ts';
import { connectEngine, type Engine } from '../lab/engine/engine.ts';
import { engineNotFound, installEngine, planEngineInstall } from '../lab/setup/install-engine.ts';
import { readOperatingSystem } from '../lab/setup/operating-system.ts';
import { canRun, type Work } from '../lab/setup/run-command.ts';
import { startDaemon, usualDaemon } from '../lab/setup/start-daemon.ts';
import type { GlobalOptions } from './command.ts';
import { lookForHost, noEngine } from './host.ts';
import type { Io } from './io.ts';
import { withHeartbeat } from './make-images.ts';

/**
 * The user's engine; where there is none it is installed and started, if that can be done here and the user agrees.
 * @throws DeployclockError ENGINE_NOT_FOUND with what to install, INSTALL_FAILED, ENGINE_UNREACHABLE
 */
export async function findOrInstallEngine(options: GlobalOptions, agreed: boolean, io: Io): Promise<Engine> {
  const found = await lookForHost(options, io);
  if (found.state === 'found') return await connectEngine(found.endpoint.address);
  if (found.tried.some((attempt) => /EACCES|permission denied/i.test(attempt.problem))) throw noEngine(found.tried);
  const user = { root: process.getuid?.() === 0 };
  if (!(await canRun('dockerd', ['--version']))) {
    const system = await readOperatingSystem();
    const plan = planEngineInstall(system, user);
    if (plan.sort === 'instruct') throw engineNotFound(plan.text);
    io.err(
      `There is no Docker engine on this machine. To install it:\n${plan.commands.map((line) => `  ${line}\n`).join('')}`,
    );
    if (!agreed && !(await agrees(io))) throw engineNotFound('Nothing was installed.');
    await withHeartbeat(io, 'installing the Docker engine', (work) => installEngine(system, user, work));
  }
  if (!user.root) {
    throw new DeployclockError('ENGINE_UNREACHABLE', 'A Docker engine is installed, but it is not running.', {
      hint: 'sudo systemctl start docker',
    });
  }
  const start = (work: Work): Promise<void> => startDaemon(usualDaemon(), work);
  await withHeartbeat(io, 'starting the Docker engine', start);
  const started = await lookForHost(options, io);
  if (started.state === 'none')
    throw new DeployclockError('ENGINE_UNREACHABLE', 'The Docker engine was started, but does not answer.');
  return await connectEngine(started.endpoint.address);
}

async function agrees(io: Io): Promise<boolean> {
  if (io.ask === null) return false;
  return /^y(es)?$/i.test((await io.ask('Do that now? [y/N] ')).trim());
}
