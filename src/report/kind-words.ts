const words: Readonly<Record<string, string>> = {
  first: 'fresh builder, empty registry, fresh server',
  'code-edit': 'a small edit, with a warm builder and the release before it running',
};

/** What a deploy kind is deployed onto, in a few words; empty for a kind that needs none. */
export function describeKind(kind: string): string {
  return words[kind] ?? '';
}
