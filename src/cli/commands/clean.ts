import { DeployclockError, exitCodes } from '../../errors.ts';
import { abandoned, processIsAlive, removeLabelled } from '../../lab/clean-up.ts';
import { type AddCommand, globalOptions } from '../command.ts';
import { connectToHost } from '../host.ts';

export const cleanCommand: AddCommand = (program, io, finish) => {
  program
    .command('clean')
    .description('remove what a run left behind that could not clean up after itself')
    .option('--all', 'remove the labs of living processes too')
    .action(
      finish(async (options: { all?: boolean }) => {
        const host = await connectToHost(globalOptions(program), io);
        if (host.address.sort !== 'unix' && options.all !== true) {
          throw new DeployclockError(
            'USAGE',
            'This engine is on another machine, where process ids mean nothing: what is abandoned cannot be told.',
            {
              hint: 'deployclock clean --all, when no run is going on there',
            },
          );
        }
        const removed = await removeLabelled(host, options.all === true ? () => true : abandoned(processIsAlive));
        io.out(`Removed ${removed.containers} containers, ${removed.networks} networks, ${removed.volumes} volumes.\n`);
        return exitCodes.done;
      }),
    );
};
