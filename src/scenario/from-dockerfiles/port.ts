import { DeployclockError } from '../../errors.ts';
import { joinWords } from './join-words.ts';
import { exposedByImage } from './official-images.ts';

/** A Dockerfile's image as far as its port matters. */
export interface PortedImage {
  /** The Dockerfile, as messages name it. */
  readonly label: string;
  readonly ports: readonly number[];
  readonly base: string | null;
}

export interface FoundPort {
  readonly port: number;
  /** Where it is from, in a whole sentence. */
  readonly sentence: string;
}

export type PortSearch =
  | { readonly sort: 'found'; readonly found: FoundPort }
  | { readonly sort: 'none' }
  /** The Dockerfiles name several, and nothing says which. */
  | { readonly sort: 'unclear'; readonly told: string };

interface Told {
  readonly label: string;
  readonly ports: readonly number[];
  /** The well-known base image that exposes it; null where the Dockerfile says it. */
  readonly image: string | null;
}

/** The one port that all Dockerfiles expose which expose any. */
export function searchPort(images: readonly PortedImage[]): PortSearch {
  const told = images.map(toldBy).filter(({ ports }) => ports.length > 0);
  const [first, ...others] = told;
  if (first === undefined) return { sort: 'none' };
  const [port, ...more] = first.ports.filter((each) => others.every(({ ports }) => ports.includes(each)));
  if (port === undefined || more.length > 0) return { sort: 'unclear', told: told.map(tell).join('; ') };
  const own = told.filter(({ image }) => image === null).map(({ label }) => label);
  const sentence =
    own.length > 0
      ? `Port ${port}, from EXPOSE in ${joinWords(own)}.`
      : `Port ${port}, which ${first.image} exposes, the base image of ${joinWords(told.map(({ label }) => label))}.`;
  return { sort: 'found', found: { port, sentence } };
}

/** The error for a port that is needed and could not be found. */
export function portMissing(
  search: Exclude<PortSearch, { sort: 'found' }>,
  labels: readonly string[],
): DeployclockError {
  const message =
    search.sort === 'none'
      ? `Which port the app listens on cannot be told: there is no EXPOSE in ${joinWords(labels, 'or')}.`
      : `Which port the app listens on is not clear: ${search.told}.`;
  return new DeployclockError('USAGE', message, { hint: 'Say it: --port 3000' });
}

function toldBy({ label, ports, base }: PortedImage): Told {
  if (ports.length > 0 || base === null) return { label, ports, image: null };
  const exposed = exposedByImage(base);
  return exposed === null ? { label, ports, image: null } : { label, ports: [exposed.port], image: exposed.image };
}

function tell({ label, ports, image }: Told): string {
  return image === null
    ? `${label} exposes ${joinWords(ports.map(String))}`
    : `${label} exposes ${ports[0]}, by ${image}`;
}
