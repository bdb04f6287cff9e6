import { commentOnPullRequest } from './comment-on-pull-request.ts';

/** `node dist/cli/post-comment.js <file>`, for workflows of GitHub: see docs/ci.md. No command of deployclock, which talks to no such service. */
process.exitCode = await commentOnPullRequest(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  env: process.env,
  cwd: process.cwd(),
});
