import { DeployclockError } from '../errors.ts';

/**
 * Reads `NAME=value` and `NAME`, which takes the value from the environment, as Docker's own options do. The last of a name counts.
 * @throws DeployclockError USAGE; values may be secrets, and are not in it
 */
export function readAssignments(
  option: string,
  written: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    written.map((assignment) => {
      const [name = ''] = assignment.split('=', 1);
      if (name.trim() === '')
        throw new DeployclockError('USAGE', `${option}: a name is missing before "=".`, {
          hint: `${option} NAME=value`,
        });
      if (name !== assignment) return [name, assignment.slice(name.length + 1)];
      const value = env[name];
      if (value !== undefined) return [name, value];
      throw new DeployclockError('USAGE', `${option} ${name}: the environment has no variable of this name.`, {
        hint: `${option} ${name}=value`,
      });
    }),
  );
}
