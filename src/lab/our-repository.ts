/** How the repositories begin that deployclock fills on engines and registries of others; nothing else is ever removed there. */
const ours = 'deployclock-';

/**
 * Guards a removal.
 * @throws RangeError where the last part of the repository's name is not one that deployclock gives
 */
export function requireOurRepository(repository: string): void {
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  if (!last.startsWith(ours)) throw new RangeError(`${repository} is no repository of deployclock's own`);
}
