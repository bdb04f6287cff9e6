import { DeployclockError } from '../errors.ts';
import { type DeployKind, deployKinds } from '../scenario/scenario.ts';
import { wordOf } from './split-list.ts';

/** More would be another tool's work. */
const most = 100;

/**
 * How often each kind is deployed in a round: `--repeat code-edit=5`, once for each kind.
 * @throws DeployclockError USAGE
 */
export function repeatsFrom(options: readonly string[]): Partial<Record<DeployKind, number>> {
  const repeats: Partial<Record<DeployKind, number>> = {};
  for (const option of options) {
    const [name = '', text = ''] = option.split('=', 2);
    const kind = wordOf(name.trim(), deployKinds, 'deploy kind');
    const times = Number(text);
    if (text === '' || !Number.isInteger(times) || times < 1 || times > most) {
      throw new DeployclockError(
        'USAGE',
        `--repeat ${option}: write a whole number from 1 to ${most}, as in ${kind}=5.`,
      );
    }
    if (kind === 'first' && times > 1) {
      throw new DeployclockError(
        'USAGE',
        `--repeat ${option}: a lap has one first deploy; every further one needs a fresh lap.`,
        {
          hint: `--rounds ${times}`,
        },
      );
    }
    repeats[kind] = times;
  }
  return repeats;
}
