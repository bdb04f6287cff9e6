import { describe, expect, it } from 'vitest';
import { renderJson } from '../../../src/report/json.ts';
import { renderMarkdown } from '../../../src/report/markdown.ts';
import { renderByExtension } from '../../../src/report/render.ts';
import { compareRun } from '../../../src/verdict/comparison.ts';
import { exampleRun, exampleSample } from '../results/example-run.ts';

const run = exampleRun([exampleSample({ phases: { build: 1000 } })]);
const comparison = compareRun(run);

describe('renderByExtension', () => {
  it('chooses by the extension, in any case and folder', () => {
    expect(renderByExtension(run, comparison, 'out.d/report.MD')).toBe(renderMarkdown(run, comparison));
    expect(renderByExtension(run, comparison, 'report.json')).toBe(renderJson(run, comparison));
  });

  it('writes comparison and scorecard into a text file, without colour', () => {
    const text = renderByExtension(run, comparison, 'report.txt');
    expect(text).toContain('release clock');
    expect(text).toContain('final image size');
    expect(text).not.toContain('\u001b');
  });

  it.each(['report.pdf', 'report', 'report.', '.md', 'x.constructor'])('refuses %s and names what it knows', (file) => {
    expect(() => renderByExtension(run, comparison, file)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        hint: 'Known: .txt, .html, .md, .json',
        message: expect.stringContaining(file),
      }),
    );
  });
});
