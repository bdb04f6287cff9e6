import { expect, test } from 'vitest';
import type { TraceEvent, VertexReport } from '../../../../src/deploy/trace/decode.ts';
import { mergeIntervals, unionLength } from '../../../../src/deploy/trace/intervals.ts';
import {
  clockOffset,
  collectVertices,
  criticalPath,
  failedStep,
  ownTime,
  partTime,
} from '../../../../src/deploy/trace/steps.ts';

function vertex(
  name: string,
  started: number | null,
  completed: number | null,
  over: Partial<VertexReport> = {},
): VertexReport {
  return { digest: name, inputs: [], name, cached: false, started, completed, error: '', ...over };
}

function event(at: number, vertexes: VertexReport[], logs: TraceEvent['logs'] = []): TraceEvent {
  return { at, vertexes, statuses: [], logs };
}

test('a part of a step is found by its name, whatever step it belongs to', () => {
  const part = (name: string, started: number, completed: number | null): TraceEvent => ({
    ...event(1, []),
    statuses: [{ vertex: 'exporting to image', name, started, completed }],
  });
  const events = [
    part('exporting layers', 0, 90),
    part('preparing layers for inline cache', 90, null),
    part('preparing layers for inline cache', 90, 140),
  ];
  expect(partTime(events, /^preparing layers/)).toBe(50);
  expect(partTime(events, /^nothing of the kind/)).toBeNull();
});

test('intervals that touch or overlap become one', () => {
  const intervals = [
    { start: 5, end: 8 },
    { start: 0, end: 2 },
    { start: 2, end: 3 },
    { start: 6, end: 7 },
  ];
  expect(mergeIntervals(intervals)).toEqual([
    { start: 0, end: 3 },
    { start: 5, end: 8 },
  ]);
  expect(unionLength(intervals)).toBe(6);
  expect(unionLength([])).toBeNull();
});

test('a vertex that ran twice has the sum of its runs, not the span', () => {
  const name = '[2/3] RUN npm ci';
  const [step] = collectVertices([
    event(1, [vertex(name, 100, null)]),
    event(2, [vertex(name, 100, 150)]),
    event(3, [vertex(name, 400, null)]),
    event(4, [vertex(name, 400, 1000)]),
  ]);
  expect(step).toMatchObject({ name, sort: 'user', cached: false });
  expect(step === undefined ? null : ownTime(step)).toBe(650);
});

test.each([
  ['[internal] load remote build context', 'context'],
  ['copy /context /', 'context'],
  ['[internal] load build context', 'context'],
  ['[internal] load metadata for docker.io/library/node:20', 'internal'],
  ['[auth] library/node:pull', 'internal'],
  ['[build 1/6] FROM docker.io/library/node:20@sha256:0', 'base'],
  ['[1/5] FROM docker.io/library/node:20', 'base'],
  ['FROM docker.io/library/busybox:1', 'base'],
  ['resolve image config for docker-image://docker.io/docker/dockerfile:1', 'internal'],
  ['docker-image://docker.io/docker/dockerfile:1@sha256:0', 'internal'],
  ['[build 5/6] RUN npm ci', 'user'],
  ['[stage-1 2/4] WORKDIR /app', 'user'],
  ['exporting to image', 'export'],
])('%s is %s', (name, sort) => {
  expect(collectVertices([event(1, [vertex(name, 1, 2)])])[0]?.sort).toBe(sort);
});

test('the last message decides whether a step was cached', () => {
  const events = [
    event(1, [vertex('[2/2] COPY . .', 10, null)]),
    event(2, [vertex('[2/2] COPY . .', 10, 10, { cached: true })]),
  ];
  expect(collectVertices(events)[0]?.cached).toBe(true);
});

test('the critical path is the longest chain, not the sum of all steps', () => {
  const vertices = collectVertices([
    event(1, [
      vertex('base', 0, 10),
      vertex('slow', 10, 110, { inputs: ['base'] }),
      vertex('fast', 10, 30, { inputs: ['base'] }),
      vertex('export', 110, 115, { inputs: ['slow', 'fast'] }),
    ]),
  ]);
  expect(criticalPath(vertices)).toEqual({ ms: 115, names: ['base', 'slow', 'export'] });
  expect(criticalPath([])).toBeNull();
});

test('the smallest delay of any message bounds the clock offset', () => {
  expect(clockOffset([event(5000, [vertex('a', 1000, null)]), event(5100, [vertex('a', 1000, 1200)])])).toBe(3900);
});

test('the failed step is the one that failed, not one that was canceled for it', () => {
  const events = [
    event(
      1,
      [
        vertex('other', 1, 5, { error: 'context canceled' }),
        vertex('[2/2] RUN npm ci', 1, 5, { error: 'exit code: 1' }),
      ],
      [
        { vertex: '[2/2] RUN npm ci', text: 'one\ntwo\n' },
        { vertex: 'other', text: 'noise\n' },
        { vertex: '[2/2] RUN npm ci', text: 'three\n' },
      ],
    ),
  ];
  expect(failedStep(events, 2)).toEqual({ name: '[2/2] RUN npm ci', output: 'two\nthree' });
});
