import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fillNonce } from '../../../../src/scenario/edit.ts';
import { editTextFor } from '../../../../src/scenario/from-dockerfiles/edit-text.ts';
import type { EditedKind } from '../../../../src/scenario/scenario.ts';
import { folderWith } from '../folder.ts';

const nonce = 'nonce0123456789';

function textFor(file: string, content = '', kind: EditedKind = 'code-edit'): string {
  const written = editTextFor(file, content, kind);
  if (!written.ok) throw new Error(written.reason);
  return fillNonce(written.text, nonce);
}

/** The file as it is with the edits of both kinds in it. */
function editedTwice(file: string, content: string): string {
  return content + textFor(file, content) + textFor(file, content, 'dependency-edit');
}

const cCompiler = process.env.CC ?? 'gcc';
const rustCompiler = process.env.RUSTC ?? 'rustc';
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

it.each(['a.ts', 'a.py', 'a.html', 'a.vue', 'a.svelte', 'a.css', 'a.sass', 'A.java', 'a.go', 'a.h', 'a.sql', 'a.php'])(
  'stands on lines of its own with a nonce in %s',
  (file) => {
    const text = textFor(file);
    expect(text).toMatch(/^\n[\s\S]*\n$/);
    expect(text).toContain(nonce);
  },
);

it.each([
  ['a.PY', '\n# {{nonce}}\n'],
  ['deploy.yaml', '\n# {{nonce}}\n'],
  ['a.html', '\n<!-- {{nonce}} -->\n'],
  ['a.scss', "\n:root { --deployclock-code-edit: '{{nonce}}'; }\n"],
  ['Shop.cs', '\ninternal static class DeployclockCodeEdit { internal const string Nonce = "{{nonce}}"; }\n'],
])('is what the language needs in %s', (file, text) => {
  expect(editTextFor(file, '', 'code-edit')).toEqual({ ok: true, text });
});

describe('JavaScript', () => {
  it('has an effect, as a script that ends without a semicolon too', () => {
    const seen = {};
    runInNewContext(editedTwice('a.js', '"use strict"\nconst one = 1'), seen);
    expect(seen).toMatchObject({ deployclockCodeEdit: nonce, deployclockDependencyEdit: nonce });
  });

  it('is valid in strict TypeScript, as a module and as a script', { timeout: 30_000 }, () => {
    const folder = folderWith({
      'module.ts': editedTwice('module.ts', 'export const one: number = 1'),
      'script.ts': editedTwice('script.ts', 'const two: number = 2'),
      'view.tsx': editedTwice('view.tsx', 'export const three = 3'),
    });
    const compiler = join(import.meta.dirname, '../../../../node_modules/.bin/tsc');
    const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', '', '--outDir', 'out'];
    execFileSync(compiler, [...options, 'module.ts', 'script.ts', 'view.tsx'], { cwd: folder });
    expect(readFileSync(join(folder, 'out/module.js'), 'utf8')).toContain(nonce);
  });
});

describe('C', () => {
  const strictest = ['-O2', '-flto', '-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections', '-s'];
  const warnings = ['-Wall', '-Wextra', '-Werror', '-pedantic'];

  const plainHeader = '#ifndef A_H\n#define A_H\nstatic int one(void) { return 0; }\n#endif';
  const plainSource = '#include "a.h"\n#include "a.h"\nint main(void) { return one(); }';

  it.skipIf(!has(cCompiler)).each([
    ['a source', 'c', editedTwice('a.c', plainSource), plainHeader],
    ['a source', 'c++', editedTwice('a.cc', plainSource), plainHeader],
    ['a header', 'c', plainSource, editedTwice('a.h', plainHeader)],
    ['a header', 'c++', plainSource, editedTwice('a.hpp', plainHeader)],
  ])('is in a program that was linked for size: %s in %s', (_, language, source, header) => {
    const folder = folderWith({ 'a.c': `${source}\n`, 'a.h': `${header}\n` });
    execFileSync(cCompiler, ['-x', language, ...warnings, ...strictest, 'a.c', '-o', 'program'], { cwd: folder });
    expect(readFileSync(join(folder, 'program'), 'latin1')).toContain(nonce);
  });
});

describe('Rust', () => {
  it.skipIf(!has(rustCompiler))('is in a stripped program', { timeout: 30_000 }, () => {
    const folder = folderWith({ 'main.rs': editedTwice('main.rs', 'fn main() { println!("x"); }') });
    const options = ['--edition', '2021', '-O', '-C', 'strip=symbols', '-C', 'codegen-units=1', '-D', 'warnings'];
    execFileSync(rustCompiler, [...options, 'main.rs', '-o', 'program'], { cwd: folder });
    expect(readFileSync(join(folder, 'program'), 'latin1')).toContain(nonce);
  });
});

describe('PHP', () => {
  it('is no text for the browser, whether the file ends in code or in markup', () => {
    expect(textFor('a.php', '<?php echo 1;')).toBe(`\n// ${nonce}\n`);
    expect(textFor('a.php', '<p><?= 1 ?></p>')).toBe(`\n<?php // ${nonce} ?>\n`);
    expect(textFor('a.php', '<p>')).toBe(`\n<?php // ${nonce} ?>\n`);
  });
});

describe('what cannot be edited so', () => {
  it.each([
    ['config.json', 'JSON has no comments'],
    ['types.d.ts', 'declarations'],
    ['src/module-info.java', 'no class'],
    ['logo.png', 'a .png file is not known'],
    ['Makefile', 'a file without an extension'],
  ])('%s', (file, reason) => {
    expect(editTextFor(file, '', 'code-edit')).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
