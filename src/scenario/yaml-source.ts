import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../errors.ts';
import { errorAt, type Place, type Source } from './source-excerpt.ts';

export type YamlPath = readonly PropertyKey[];

/** What a YAML text says, and where it says it. */
export interface YamlSource {
  readonly data: unknown;
  /** Place of the value at `path`; where nothing is written there, of the nearest thing around it. */
  readonly placeOfValue: (path: YamlPath) => Place;
  /** Place of the key that `path` ends with; where it is not written, as `placeOfValue`. */
  readonly placeOfKey: (path: YamlPath) => Place;
}

/**
 * Reads YAML 1.2 and keeps every place.
 * @throws DeployclockError SCENARIO_INVALID with place and excerpt where the text is not YAML, or is empty
 */
export function readYaml(source: Source): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const [error] = document.errors;
  if (error !== undefined) throw errorAt('SCENARIO_INVALID', source, placeAt(error.pos[0]), error.message);
  if (document.contents === null) throw errorAt('SCENARIO_INVALID', source, placeAt(0), 'the file is empty');

  const placeOfValue = (path: YamlPath): Place => {
    const written = nodeAt(document, path);
    // A missing value is told at the key that should hold it, not at the first of its neighbours.
    if (written !== null) return placeAt(written);
    return path.length === 0 ? placeAt(0) : placeOfKey(path.slice(0, -1));
  };
  const placeOfKey = (path: YamlPath): Place => {
    const key = keyAt(document, path);
    return key === null ? placeOfValue(path) : placeAt(key);
  };
  return { data: plainData(document, source, placeAt(0)), placeOfValue, placeOfKey };
}

/** Offset of the value at `path`, or null. */
function nodeAt(document: Document, path: YamlPath): number | null {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : null;
}

/** Offset of the key that `path` ends with, or null. */
function keyAt(document: Document, path: YamlPath): number | null {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (path.length === 0 || !isMap(parent)) return null;
  const name = String(path[path.length - 1]);
  const key = parent.items
    .map((pair) => pair.key)
    .find((candidate) => isScalar(candidate) && String(candidate.value) === name);
  return isScalar(key) && key.range ? key.range[0] : null;
}

function plainData(document: Document, source: Source, start: Place): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    // Aliases that name no anchor, or that multiply without end.
    throw errorAt('SCENARIO_INVALID', source, start, messageOf(thrown));
  }
}
