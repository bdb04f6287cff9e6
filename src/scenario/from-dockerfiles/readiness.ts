import { DeployclockError } from '../../errors.ts';
import type { ReadinessCheck } from '../scenario.ts';
import type { Given } from './given.ts';
import { type HealthUrl, healthUrlOf } from './health-url.ts';
import type { ImageSettings } from './image-settings.ts';
import { joinWords } from './join-words.ts';
import { type FoundPort, portMissing, searchPort } from './port.ts';

/** A variant's image, by the name that messages give its Dockerfile. */
export interface LabelledImage extends ImageSettings {
  readonly label: string;
}

export interface FoundReadiness {
  readonly check: ReadinessCheck;
  readonly port: number | null;
  readonly assumed: readonly string[];
}

interface HealthOf {
  readonly label: string;
  readonly url: HealthUrl | null;
}

/**
 * How it is seen that the app is ready, and on which port: as was said, else as the Dockerfiles' `HEALTHCHECK` does it, else by a connection.
 * @throws DeployclockError USAGE where the Dockerfiles disagree, or a port is needed and none can be found
 */
export function findReadiness(
  images: readonly LabelledImage[],
  given: Pick<Given, 'health' | 'port' | 'env'>,
): FoundReadiness {
  const health = healthOf(images, given.env);
  if (given.health !== null) {
    const { port, assumed } = portBeside(images, given.port, commonPort(health));
    return { check: httpCheck(given.health), port, assumed };
  }
  const url = agreedUrl(health, given.port);
  if (url !== null) {
    const { port, assumed } = portOfUrl(images, given.port, url);
    const ready = `Ready when GET ${url.path} answers 200, from HEALTHCHECK in ${joinWords(url.labels)}.`;
    return { check: httpCheck(url.path), port, assumed: [...assumed, ready] };
  }
  if (health.length === images.length) return dockersOwn(images, health, given.port);
  const { port, assumed } = portBeside(images, given.port, null);
  const ready = `Ready when port ${port} accepts a connection; --health /path waits for an answer of the app instead.`;
  return { check: { check: 'tcp' }, port, assumed: [...assumed, ready] };
}

function httpCheck(path: string): ReadinessCheck {
  return { check: 'http', path, status: 200, body: null, successes: 1 };
}

/** Docker's own verdict needs no port; where one is known it is published. */
function dockersOwn(
  images: readonly LabelledImage[],
  health: readonly HealthOf[],
  given: number | null,
): FoundReadiness {
  const labels = joinWords(health.map(({ label }) => label));
  const ready = `Ready when Docker calls the container healthy, from HEALTHCHECK in ${labels}; --health /path asks the app itself, and sees it sooner.`;
  const search = given === null ? searchPort(images) : null;
  const found = search?.sort === 'found' ? search.found : null;
  return {
    check: { check: 'healthcheck' },
    port: given ?? found?.port ?? null,
    assumed: [...(found === null ? [] : [found.sentence]), ready],
  };
}

function healthOf(images: readonly LabelledImage[], env: Given['env']): HealthOf[] {
  return images.flatMap(({ label, healthcheck, env: own }) =>
    healthcheck === null ? [] : [{ label, url: healthUrlOf(healthcheck, new Map([...own, ...Object.entries(env)])) }],
  );
}

interface AgreedUrl extends HealthUrl {
  readonly labels: readonly string[];
}

/** The URL that the health checks ask for; null where none of them holds one that can be asked on the port that was said. */
function agreedUrl(health: readonly HealthOf[], given: number | null): AgreedUrl | null {
  const told = health.flatMap(({ label, url }) => (url === null ? [] : [{ label, ...url }]));
  const usable = told.filter(({ port }) => given === null || port === null || port === given);
  const [first, ...others] = usable;
  if (first === undefined) return null;
  const known = usable.find((each) => each.port !== null)?.port ?? null;
  const differs = others.find(({ path, port }) => path !== first.path || (port ?? known) !== (first.port ?? known));
  if (differs === undefined) return { path: first.path, port: known, labels: usable.map(({ label }) => label) };
  throw new DeployclockError(
    'USAGE',
    `The health checks differ: ${first.label} asks for ${tellUrl(first)}, ${differs.label} for ${tellUrl(differs)}.`,
    { hint: `Say which path shows that the app is ready: --health ${first.path}` },
  );
}

const tellUrl = ({ port, path }: HealthUrl): string => `${port === null ? '' : `:${port}`}${path}`;

/** The port of the health checks' URLs, where they agree. */
function commonPort(health: readonly HealthOf[]): FoundPort | null {
  const told = health.flatMap(({ label, url }) =>
    url === null || url.port === null ? [] : [{ label, port: url.port }],
  );
  const [first] = told;
  if (first === undefined || told.some(({ port }) => port !== first.port)) return null;
  return healthPort(
    first.port,
    told.map(({ label }) => label),
  );
}

function healthPort(port: number, labels: readonly string[]): FoundPort {
  return { port, sentence: `Port ${port}, from HEALTHCHECK in ${joinWords(labels)}.` };
}

interface ChosenPort {
  readonly port: number;
  readonly assumed: readonly string[];
}

/** The port that answers the health check's URL. */
function portOfUrl(images: readonly LabelledImage[], given: number | null, url: AgreedUrl): ChosenPort {
  if (given !== null || url.port === null) return portBeside(images, given, null);
  const search = searchPort(images);
  const exposed = search.sort === 'found' && search.found.port === url.port ? search.found : null;
  return { port: url.port, assumed: [(exposed ?? healthPort(url.port, url.labels)).sentence] };
}

/** What was said, else the port that is exposed, else that of a health check. */
function portBeside(images: readonly LabelledImage[], given: number | null, health: FoundPort | null): ChosenPort {
  if (given !== null) return { port: given, assumed: [] };
  const search = searchPort(images);
  if (search.sort === 'found') return { port: search.found.port, assumed: [search.found.sentence] };
  if (health !== null) return { port: health.port, assumed: [health.sentence] };
  throw portMissing(
    search,
    images.map(({ label }) => label),
  );
}
