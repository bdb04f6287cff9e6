import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeployclockError } from '../../../src/errors.ts';
import { renderCalibrationFor } from '../../../src/report/calibration-formats.ts';
import { renderCalibrationJson } from '../../../src/report/calibration-json.ts';
import { renderCalibrationMarkdown } from '../../../src/report/calibration-markdown.ts';
import { renderCalibrationTerminal } from '../../../src/report/calibration-terminal.ts';
import { formatTenths, gateLines } from '../../../src/report/calibration-words.ts';
import type { RunFolder } from '../../../src/results/run-folder.ts';
import { loadScenario } from '../../../src/scenario/load-scenario.ts';
import { type Calibration, calibrationOf } from '../../../src/verdict/calibration.ts';
import { halvesRun } from '../verdict/halves-run.ts';
import { around } from '../verdict/paired-run.ts';

const style = { color: false, width: 100 };

function rendered(run: RunFolder): { calibration: Calibration; terminal: string; markdown: string } {
  const calibration = calibrationOf(run, 50);
  return {
    calibration,
    terminal: renderCalibrationTerminal(run, calibration, style),
    markdown: renderCalibrationMarkdown(run, calibration),
  };
}

describe('a calibration in which nothing was found', () => {
  const { calibration, terminal, markdown } = rendered(halvesRun(around(1, 20, 0.1)));

  it('shows noise and what the looks see, time by time', () => {
    const line = terminal.split('\n').find((each) => each.includes('release clock')) ?? '';
    expect(line).toMatch(/release clock +\d+\.\d s( +\d+(\.\d)? %){5} +(same|unsure)$/);
    expect(terminal).toContain('seen by 6');
    expect(markdown).toContain('| release clock |');
  });

  it('says that nothing told the halves apart, and how often gates would', () => {
    for (const text of [terminal, markdown]) {
      expect(text).toContain('✔ Nothing told before and after apart, which are the same.');
      expect(text.replace(/\s+/g, ' ')).toContain('50 random exchanges of the halves');
    }
  });

  it('is no wider than the terminal', () => {
    const lines = renderCalibrationTerminal(halvesRun(around(1, 20, 0.1)), calibration, style).split('\n');
    const own = lines.filter((line) => !line.includes('max-slowdown'));
    expect(Math.max(...own.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('is one JSON document for programs', () => {
    const document = JSON.parse(renderCalibrationJson(halvesRun(around(1, 20, 0.1)), calibration));
    expect(document).toMatchObject({ schema: 1, calibration: { alarms: [], family: { pairs: 20, looks: [6, 10] } } });
    expect(document.calibration.floors).toHaveLength(8);
  });
});

it('names the half and the rule of every false alarm', () => {
  const { terminal } = rendered(halvesRun(around(1.3, 20)));
  expect(terminal).toContain('✘ code-edit.build: after is said to be slower than before, and is the same.');
  const words = terminal.replace(/\s+/g, ' ');
  expect(words).toContain('code-edit.build: a gate that looks once calls after regressed over before');
  expect(words).toContain('code-edit.build: a gate that screens and confirms calls after regressed over before');
  expect(terminal).not.toContain('✔ Nothing');
});

it('tells what too few pairs leave out', () => {
  const { terminal } = rendered(halvesRun(around(1, 5)));
  expect(terminal).toContain('code-edit: 5 pairs, too few');
  expect(terminal).not.toContain('gates:');
});

describe('the lines for scenario.yaml', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('are gates that load, with these margins', async () => {
    const { calibration } = rendered(halvesRun(around(1, 20, 0.3)));
    const gates = calibration.family?.recommended.gates ?? [];
    expect(gates.some(({ share }) => share > 0.05)).toBe(true);
    await writeFile(join(folder, 'Dockerfile'), 'FROM debian:bookworm-slim\n');
    await writeFile(join(folder, 'app.sh'), 'exit 0\n');
    const scenario = [
      'context: .',
      'variants: { only: { dockerfile: Dockerfile } }',
      'ready: { check: exit }',
      'edits: { code-edit: [append: { file: app.sh, text: "# {{nonce}}" }] }',
      ...gateLines(gates),
    ];
    await writeFile(join(folder, 'scenario.yaml'), `${scenario.join('\n')}\n`);
    const loaded = loadScenario(folder, folder, folder);
    expect(loaded.gates.map(({ metric, maxIncrease, floorMs }) => [metric, maxIncrease, floorMs])).toEqual(
      gates.map(({ metric, share, floorMs }) => [metric, share, floorMs]),
    );
  });
});

it.each([
  [0.05, '5 %'],
  [0.043_21, '4.3 %'],
  [0.221, '22.1 %'],
  [1.234, '123 %'],
  [0, '0 %'],
])('writes %d as %s', (share, text) => {
  expect(formatTenths(share)).toBe(text);
});

it('knows its formats by the extension, and refuses others', () => {
  const run = halvesRun(around(1, 6));
  const calibration = calibrationOf(run, 50);
  expect(renderCalibrationFor('noise.MD')(run, calibration)).toBe(renderCalibrationMarkdown(run, calibration));
  expect(renderCalibrationFor('noise.txt')(run, calibration)).toBe(renderCalibrationTerminal(run, calibration, style));
  expect(() => renderCalibrationFor('noise.html')).toThrow(DeployclockError);
  expect(() => renderCalibrationFor('noise')).toThrow('the name has no extension');
});
