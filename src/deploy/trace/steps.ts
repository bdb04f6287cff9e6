import type { BuildStep } from '../../results/sample.ts';
import type { TraceEvent, VertexReport } from './decode.ts';
import { type Interval, unionLength } from './intervals.ts';

export interface Vertex {
  readonly digest: string;
  readonly inputs: readonly string[];
  readonly name: string;
  readonly sort: BuildStep['sort'];
  readonly cached: boolean;
  readonly error: string;
  readonly intervals: readonly Interval[];
}

/**
 * The vertices of a build, each once, in the order of their first start. A vertex may start and complete several times, and is sent
 * again and again: intervals are kept by their start and merged, as buildkit's own progress display does it (util/progress/progressui).
 */
export function collectVertices(events: readonly TraceEvent[]): Vertex[] {
  const byDigest = new Map<string, VertexReport[]>();
  for (const report of events.flatMap((event) => event.vertexes)) {
    const seen = byDigest.get(report.digest);
    if (seen === undefined) byDigest.set(report.digest, [report]);
    else seen.push(report);
  }
  const vertices = [...byDigest.values()].flatMap((seen) => {
    const last = seen.at(-1);
    if (last === undefined) return [];
    const { digest, inputs, name, cached, error } = last;
    return [{ digest, inputs, name, cached, error, sort: sortOf(name), intervals: intervalsOf(seen) }];
  });
  return vertices.sort((left, right) => firstStart(left) - firstStart(right));
}

/** What a vertex is, by its name: the rule of buildctl's cache metrics (cmd/buildctl/cachemetrics.go), and the context's two spellings. */
function sortOf(name: string): BuildStep['sort'] {
  if (/^\[internal\] load (remote )?build context|^copy \/context \//.test(name)) return 'context';
  if (/^\[internal\]|^\[auth\]|^importing cache|^resolve image config for |^docker-image:\/\//.test(name))
    return 'internal';
  if (/^exporting /.test(name)) return 'export';
  if (/^(\[[^\]]*\] )?FROM /.test(name)) return 'base';
  return 'user';
}

/** Merged time of the parts of any vertex that bear such a name; null where there is none. */
export function partTime(events: readonly TraceEvent[], name: RegExp): number | null {
  return unionLength(intervalsOf(events.flatMap((event) => event.statuses).filter((part) => name.test(part.name))));
}

function intervalsOf(reports: readonly Pick<VertexReport, 'started' | 'completed'>[]): Interval[] {
  const ends = new Map<number, number>();
  for (const { started, completed } of reports) {
    if (started !== null && completed !== null) ends.set(started, Math.max(completed, ends.get(started) ?? completed));
  }
  return [...ends].map(([start, end]) => ({ start, end }));
}

export function firstStart(vertex: Vertex): number {
  return Math.min(...vertex.intervals.map((interval) => interval.start));
}

/** Time that the vertex itself took; 0 where it never ran, as a cached one. */
export function ownTime(vertex: Vertex): number {
  return unionLength(vertex.intervals) ?? 0;
}

/**
 * What to add to the engine's wall clock to get ours. A message cannot arrive before the newest instant in it, so the smallest
 * difference seen bounds the offset; its error is the shortest delay of any message.
 */
export function clockOffset(events: readonly TraceEvent[]): number {
  const differences = events.flatMap((event) => {
    const instants = event.vertexes.flatMap((vertex) => [vertex.started, vertex.completed]).filter((at) => at !== null);
    return instants.length === 0 ? [] : [event.at - Math.max(...instants)];
  });
  return differences.length === 0 ? 0 : Math.min(...differences);
}

/** The chain of vertices that waited for each other and took longest: the names in order, and its time. */
export function criticalPath(vertices: readonly Vertex[]): { ms: number; names: string[] } | null {
  const byDigest = new Map(vertices.map((vertex) => [vertex.digest, vertex]));
  const longest = new Map<string, { ms: number; names: string[] }>();
  const walk = (vertex: Vertex): { ms: number; names: string[] } => {
    const known = longest.get(vertex.digest);
    if (known !== undefined) return known;
    const before = vertex.inputs
      .flatMap((input) => byDigest.get(input) ?? [])
      .map(walk)
      .reduce((left, right) => (right.ms > left.ms ? right : left), { ms: 0, names: [] as string[] });
    const path = {
      ms: before.ms + ownTime(vertex),
      names: ownTime(vertex) > 0 ? [...before.names, vertex.name] : before.names,
    };
    longest.set(vertex.digest, path);
    return path;
  };
  const paths = vertices.map(walk);
  return paths.length === 0 ? null : paths.reduce((left, right) => (right.ms > left.ms ? right : left));
}

/** The vertex that failed, with its last lines of output. A vertex that was only canceled because another failed is not it. */
export function failedStep(events: readonly TraceEvent[], lines: number): { name: string; output: string } | null {
  const failed = collectVertices(events).find(
    (vertex) => vertex.error !== '' && !/context canceled/.test(vertex.error),
  );
  if (failed === undefined) return null;
  const output = events.flatMap((event) =>
    event.logs.filter((log) => log.vertex === failed.digest).map((log) => log.text),
  );
  return { name: failed.name, output: output.join('').trimEnd().split('\n').slice(-lines).join('\n') };
}
