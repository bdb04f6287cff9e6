/**
 * The port that an image's app answers HTTP on, where its own Dockerfile exposes it: what `docker image inspect` shows of the published images
 * without building anything. Keys are repositories on Docker Hub; a tag may tell more.
 */
const httpPorts: Readonly<Record<string, number>> = {
  caddy: 80,
  drupal: 80,
  ghost: 2368,
  httpd: 80,
  jetty: 8080,
  joomla: 80,
  mediawiki: 80,
  nextcloud: 80,
  nginx: 80,
  'nginxinc/nginx-unprivileged': 8080,
  'nodered/node-red': 1880,
  tomcat: 8080,
  traefik: 80,
  wordpress: 80,
};

/** PHP and apps on it come with Apache, which listens on 80, or with FPM, which speaks no HTTP. */
const apacheTag = /(^|-)apache($|-)/;
const fpmTag = /(^|-)fpm($|-)/;

export interface ExposedByImage {
  /** The repository, as people call the image. */
  readonly image: string;
  readonly port: number;
}

/** What a well-known base image exposes by itself; null for another image. */
export function exposedByImage(reference: string): ExposedByImage | null {
  const [name = '', tag = ''] = (reference.split('@', 1)[0] ?? '').split(/:(?!.*\/)/);
  const image = name.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  if (fpmTag.test(tag)) return null;
  if (image === 'php') return apacheTag.test(tag) ? { image, port: 80 } : null;
  const port = Object.hasOwn(httpPorts, image) ? httpPorts[image] : undefined;
  return port === undefined ? null : { image, port };
}
