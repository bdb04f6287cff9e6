import { readFile } from 'node:fs/promises';

/** The machine's operating system, as far as finding packages for it goes. */
export interface OperatingSystem {
  readonly platform: NodeJS.Platform;
  /** `debian`, `ubuntu`, `fedora`; null where there is no os-release file. */
  readonly id: string | null;
  readonly idLike: readonly string[];
  /** `bookworm`, `noble`. */
  readonly codename: string | null;
  readonly versionId: string | null;
}

/** Reads the text of an os-release file (os-release(5): shell assignments, values quoted or not). */
export function parseOsRelease(text: string): Omit<OperatingSystem, 'platform'> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*([A-Z0-9_]+)=(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], unquote(match[2]));
  }
  const value = (key: string): string | null => values.get(key) || null;
  return {
    id: value('ID'),
    idLike: (value('ID_LIKE') ?? '').split(/\s+/).filter((name) => name !== ''),
    codename: value('VERSION_CODENAME'),
    versionId: value('VERSION_ID'),
  };
}

/** The system that this process runs on; everything but the platform is null where there is no os-release file. */
export async function readOperatingSystem(
  platform: NodeJS.Platform = process.platform,
  file = '/etc/os-release',
): Promise<OperatingSystem> {
  const text = platform === 'linux' ? await readFile(file, 'utf8').catch(() => '') : '';
  return { platform, ...parseOsRelease(text) };
}

/** Whether the system, or the one it descends from, has one of these ids. */
export function isLike(system: OperatingSystem, ...ids: readonly string[]): boolean {
  return [system.id, ...system.idLike].some((id) => id !== null && ids.includes(id));
}

function unquote(written: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(written);
  return (quoted?.[2] ?? written).replace(/\\(["'$`\\])/g, '$1');
}
