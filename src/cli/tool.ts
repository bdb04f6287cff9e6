import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Both hold for `src/cli` and for `dist/cli`: they lie equally deep. */
const root = new URL('../../', import.meta.url);

export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  return manifest.version;
}

/** Folder of the scenarios that come with the tool. */
export const bundledScenarios = fileURLToPath(new URL('scenarios', root));

/** JSON Schema of scenario.yaml, for editors. */
export const schemaFile = fileURLToPath(new URL('schema/scenario.schema.json', root));
