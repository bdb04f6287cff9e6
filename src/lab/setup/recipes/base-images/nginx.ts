import { debianStandIn } from './debian.ts';
import { dockerfileText, packagesLine, trustLines } from './dockerfile-lines.ts';
import type { StandIn } from './stand-in.ts';

/** Debian bookworm's nginx is 1.22 too; the other packages are those that the official image has for its users. */
const packages = ['nginx', 'ca-certificates', 'curl', 'gettext-base'];

/** Debian would give the user another name: the official images' settings, and those of people, say `nginx`. */
const addUser =
  'RUN groupadd --system --gid 101 nginx && useradd --system --uid 101 --gid nginx --home-dir /nonexistent --no-create-home --shell /bin/false nginx';

/** Debian's sites give way to conf.d alone, and the logs go where Docker reads them. */
const settle = [
  'rm -rf /etc/nginx/sites-* /etc/nginx/modules-* /etc/nginx/snippets /var/www',
  'ln -sf /dev/stdout /var/log/nginx/access.log',
  'ln -sf /dev/stderr /var/log/nginx/error.log',
];

const nginxConf = `user nginx;
worker_processes auto;

error_log /var/log/nginx/error.log notice;
pid /var/run/nginx.pid;

events {
    worker_connections 1024;
}

http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;

    log_format main '$remote_addr - $remote_user [$time_local] "$request" '
                    '$status $body_bytes_sent "$http_referer" '
                    '"$http_user_agent" "$http_x_forwarded_for"';
    access_log /var/log/nginx/access.log main;

    sendfile on;
    keepalive_timeout 65;

    include /etc/nginx/conf.d/*.conf;
}
`;

const defaultConf = `server {
    listen 80;
    server_name localhost;

    location / {
        root /usr/share/nginx/html;
        index index.html index.htm;
    }
}
`;

export const nginxStandIn: StandIn = {
  image: 'nginx:1.22',
  dockerfile: (caBundle) =>
    dockerfileText(
      `FROM ${debianStandIn.image}`,
      addUser,
      packagesLine(packages, ...settle),
      ...trustLines(caBundle),
      'COPY nginx.conf /etc/nginx/nginx.conf',
      'COPY default.conf /etc/nginx/conf.d/default.conf',
      'EXPOSE 80',
      'STOPSIGNAL SIGQUIT',
      'CMD ["nginx", "-g", "daemon off;"]',
    ),
  parts: [],
  texts: { 'nginx.conf': nginxConf, 'default.conf': defaultConf },
  differences: [
    "Debian's build of nginx 1.22",
    'no entrypoint scripts, so no settings filled in from the environment',
    'no modules to load, njs among them',
  ],
};
