import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

/**
 * `main` copies what the install step needs before it. `slow` copies everything before it, so that each code edit installs anew. `readme`
 * changes a file that no image holds. `broken` does not build. Each is one commit on `main`, whose parent `empty` has no Dockerfile.
 */
export type ScratchBranch = 'empty' | 'main' | 'slow' | 'readme' | 'broken';

export interface ScratchRepository {
  readonly folder: string;
  readonly switchTo: (branch: ScratchBranch) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the install step leaves in the image, never twice the same bytes: at 100 Mbit/s, 1 s of push and as much of pull. */
const installedBytes = 12_000_000;

const start = 'FROM debian:bookworm-slim\nWORKDIR /app\n';
const end = 'EXPOSE 8080\nCMD ["perl", "src/server.pl"]\n';
const good = `${start}COPY install.sh ./\nRUN sh install.sh\nCOPY src ./src\n${end}`;
const slow = `${start}COPY . .\nRUN sh install.sh\n${end}`;
const broken = `${start}RUN exit 7\n${end}`;

/** The base image has no other server than what its Perl can do. */
const server = `use IO::Socket::INET;
$SIG{TERM} = sub { exit 0 };
my $listener = IO::Socket::INET->new(LocalPort => 8080, Listen => 16, ReuseAddr => 1) or die;
while (my $client = $listener->accept) {
  while (my $line = <$client>) { last if $line =~ /^\\s*$/ }
  print $client "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nok";
  close $client;
}
`;

const app: Readonly<Record<string, string>> = {
  'install.sh': `mkdir -p /opt/packages\nhead -c ${installedBytes} /dev/urandom > /opt/packages/blob\nsleep 1\n`,
  'src/server.pl': server,
  'README.md': 'A scratch app.\n',
};

/** A small web app in a repository of its own, on `main`. */
export async function openScratchRepository(): Promise<ScratchRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'deployclock-test-'));
  const git = async (...parameters: string[]): Promise<void> => {
    const settings = ['user.name=t', 'user.email=t@t', 'commit.gpgSign=false'];
    await execa('git', [...settings.flatMap((setting) => ['-c', setting]), ...parameters], { cwd: folder });
  };
  const switchTo = (branch: ScratchBranch): Promise<void> => git('switch', '--quiet', branch);
  const commit = async (
    branch: ScratchBranch,
    parent: ScratchBranch | null,
    files: Readonly<Record<string, string>>,
  ): Promise<void> => {
    if (parent !== null) await git('switch', '--quiet', '--create', branch, parent);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await git('add', '--all');
    await git('commit', '--quiet', '--message', branch);
  };
  await git('init', '--quiet', '--initial-branch=empty');
  await commit('empty', null, app);
  await commit('main', 'empty', { Dockerfile: good });
  await commit('slow', 'main', { Dockerfile: slow });
  await commit('readme', 'main', { 'README.md': 'A scratch app, and more words about it.\n' });
  await commit('broken', 'main', { Dockerfile: broken });
  await switchTo('main');
  return { folder, switchTo, close: () => rm(folder, { recursive: true, force: true }) };
}
