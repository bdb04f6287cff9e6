import { describe, expect, it } from 'vitest';
import { type ChangedDockerfile, renderAnnotations } from '../../../src/report/annotations.ts';
import { workflowCommand } from '../../../src/report/workflow-command.ts';
import { ciViewOf, gateOn, quick, slow, type Wanted } from './ci-view.ts';

const changed: ChangedDockerfile = { file: 'docker/Dockerfile', lines: [{ first: 3, last: 4 }] };

const linesOf = (wanted: Wanted, where: ChangedDockerfile = changed): string[] =>
  renderAnnotations(ciViewOf(wanted), where)
    .split('\n')
    .filter((line) => line !== '');

describe('workflowCommand', () => {
  it('escapes what would end a property, the line or the command', () => {
    const place = { file: 'a,b:c%/Dockerfile', line: 3, endLine: 4 };
    expect(workflowCommand({ level: 'error', title: 'x: y, z\n', message: '50 %: a,b\r\n::error::c', place })).toBe(
      '::error file=a%2Cb%3Ac%25/Dockerfile,line=3,endLine=4,title=x%3A y%2C z%0A::50 %25: a,b%0D%0A::error::c\n',
    );
  });

  it('needs no place', () => {
    expect(workflowCommand({ level: 'notice', title: 'x', message: 'y', place: null })).toBe('::notice title=x::y\n');
  });
});

describe('annotations', () => {
  it('put what regressed beside the lines that changed', () => {
    const lines = linesOf({ base: quick, head: slow });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(
      /^::error file=docker\/Dockerfile,line=3,endLine=4,title=code-edit\.release of head regressed::\+48\d %25 \[.*in 10 of 10 pairs; at most \+5 %25 or 200 ms: regressed\.$/,
    );
  });

  it('name the other lines that changed', () => {
    const lines = [
      { first: 3, last: 4 },
      { first: 9, last: 9 },
    ];
    const [first] = linesOf({ base: quick, head: slow }, { ...changed, lines });
    expect(first).toContain('line=3,endLine=4');
    expect(first).toMatch(/ Changed in docker\/Dockerfile: lines 3–4, 9\.$/);
  });

  it('have no place where the Dockerfile did not change', () => {
    const [first] = linesOf({ base: quick, head: slow }, { ...changed, lines: [] });
    expect(first).toMatch(/^::error title=.* docker\/Dockerfile itself did not change: what it copies did\.$/);
  });

  it('tell what was won beside the lines that changed', () => {
    expect(linesOf({ base: slow, head: quick })).toEqual([
      expect.stringMatching(
        /^::notice file=docker\/Dockerfile,line=3,endLine=4,title=deployclock%3A faster::A code edit deploys in 8\.\d\d s instead of 47\.\d s\.$/,
      ),
    ]);
  });

  it('warn of what cannot be told, and blame no line', () => {
    const lines = linesOf({ base: quick, head: quick, noise: 0.6 });
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^::warning title=code-edit\.[\w-]+ of head cannot be told::/);
  });

  it('warn of what regressed and fails nothing', () => {
    const gates = [gateOn('code-edit.push', { maxIncrease: 0.05, level: 'warn' })];
    expect(linesOf({ base: quick, head: slow, gates })).toEqual([
      expect.stringMatching(
        /^::warning file=docker\/Dockerfile,line=3,endLine=4,title=code-edit\.push of head regressed::/,
      ),
    ]);
  });

  it('are errors where nothing could be judged', () => {
    const lines = linesOf({ base: quick, head: quick, rounds: 3 });
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line).toMatch(/^::error title=code-edit\.[\w-]+ of head was not judged::/);
    const nothing = linesOf({ base: quick, head: quick, gates: null, samples: () => [] });
    expect(nothing).toEqual(['::error title=deployclock%3A not judged::Nothing was judged']);
  });

  it('notice that there is no base', () => {
    expect(linesOf({ base: null, head: quick, gates: null })).toEqual([
      expect.stringMatching(
        /^::notice title=deployclock%3A not compared::Not compared: origin\/main has no Dockerfile/,
      ),
    ]);
  });

  it('are none where nothing changed', () => {
    expect(linesOf({ base: quick, head: quick })).toEqual([]);
  });

  it('are ten of a level at the most, the last of which names the others', () => {
    const gates = Array.from({ length: 30 }, () => gateOn('code-edit.push', { maxIncrease: 0.05 }));
    const lines = linesOf({ base: quick, head: slow, gates });
    expect(lines).toHaveLength(10);
    expect(lines[9]).toMatch(/^::error title=deployclock%3A 21 more::code-edit\.push of head regressed; /);
  });
});
