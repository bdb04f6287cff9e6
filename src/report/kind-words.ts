const words: Readonly<Record<string, string>> = {
  first: 'fresh builder, empty registry, fresh server',
  'code-edit': 'a small edit, with the release before it running',
  'dependency-edit': 'a lockfile change, with the release before it running',
  'no-change': 'nothing changed: a redeploy of what runs',
  'new-server': 'the current release onto one more, fresh server',
  rollback: 'back to the release before, by digest',
};

/** What a deploy kind is deployed onto, in a few words; empty for a kind that needs none. */
export function describeKind(kind: string): string {
  return Object.hasOwn(words, kind) ? (words[kind] ?? '') : '';
}

const acts: Readonly<Record<string, string>> = {
  first: 'the first deploy',
  'code-edit': 'deploying a code-edit',
  'dependency-edit': 'deploying a dependency-edit',
  'no-change': 'a redeploy without a change',
  'new-server': 'bringing the release to a new server',
  rollback: 'a rollback',
};

/** What takes the time in a deploy kind, as the subject of a sentence. */
export function actOf(kind: string): string {
  return Object.hasOwn(acts, kind) ? (acts[kind] ?? '') : `a ${kind} deploy`;
}
