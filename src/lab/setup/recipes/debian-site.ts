import { outputOf } from '../run-command.ts';

const format = '$(SITE) $(CODENAME) $(COMPONENT) $(ORIGIN)';

/**
 * The Debian site that this machine's own package sources use, so that a configured mirror serves the recipes too.
 * Null where the machine has no Debian sources: mmdebstrap then takes its own default.
 */
export async function findDebianSite(): Promise<string | null> {
  const targets = await outputOf('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  return targets === null ? null : debianSiteIn(targets);
}

/** The first site that has a release's main archive: its updates and security archives lie elsewhere, or hold only changes. */
export function debianSiteIn(indexTargets: string): string | null {
  for (const line of indexTargets.split('\n')) {
    const [site = '', codename = '', component, origin] = line.trim().split(/\s+/);
    if (origin === 'Debian' && component === 'main' && /^[a-z]+$/.test(codename) && /^https?:/.test(site)) return site;
  }
  return null;
}
