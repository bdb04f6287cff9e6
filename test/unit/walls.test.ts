import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Which rooms a room may import from, besides itself and the files directly under src: docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  cli: ['report', 'verdict', 'run', 'lab', 'results', 'scenario'],
  report: ['verdict', 'results', 'stats'],
  verdict: ['stats', 'results'],
  stats: [],
  run: ['deploy', 'lab', 'results', 'scenario'],
  deploy: ['lab', 'results', 'scenario'],
  lab: ['results', 'scenario'],
  results: [],
  scenario: ['results'],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function allImports(): Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => ({
      file,
      from: roomOf(file),
      to: roomOf(relative(source, join(source, dirname(file), match[1] ?? ''))),
    })),
  );
}

/** The folder under src, or the empty text for a file directly there. */
function roomOf(file: string): string {
  return file.includes(sep) ? (file.split(sep)[0] ?? '') : '';
}

test('imports point downwards only', () => {
  const imports = allImports();
  expect(imports.length).toBeGreaterThan(200);
  const wrong = imports.filter(
    ({ from, to }) => to !== '' && to !== from && !(from !== '' && allowed[from]?.includes(to)),
  );
  expect(wrong.map(({ file, to }) => `${file} imports ${to}`)).toEqual([]);
});

test('the files directly under src import no room', () => {
  const wrong = allImports().filter(({ from, to }) => from === '' && to !== '');
  expect(wrong).toEqual([]);
});

test.each([
  ['dockerode', /^lab\//],
  ['execa', /^lab\/|^scenario\//],
])('%s is known in its own room alone', (library, room) => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const users = files.filter((file) => readFileSync(join(source, file), 'utf8').includes(`from '${library}'`));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !room.test(file))).toEqual([]);
});
