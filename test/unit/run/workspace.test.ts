import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../../src/run/workspace.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { folderWith } from '../scenario/folder.ts';

test('the results of earlier runs are no part of a context, wherever they lie in it', async () => {
  const folder = folderWith({
    Dockerfile: 'FROM a',
    'scenario.yaml': 'variants: { only: {} }\napp: { port: 1 }\n',
    'kept/results/a.txt': 'mine',
    'results/api/run/samples.ndjson': 'theirs',
  });
  const scenario = loadScenario('.', folder, folder);
  const workspace = await openWorkspace(scenario, join(folder, 'results'));
  try {
    const { tar } = await workspace.pack(scenario.variants[0]);
    expect(tar.includes('kept/results/a.txt')).toBe(true);
    expect(tar.includes('samples.ndjson')).toBe(false);
  } finally {
    await workspace.close();
  }
});
