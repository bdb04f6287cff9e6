/** Where an engine's API listens. */
export type EngineAddress =
  | { readonly sort: 'unix'; readonly path: string }
  | {
      readonly sort: 'tcp';
      readonly host: string;
      readonly port: number;
      /** Contents of the files, not their paths; null for plain HTTP. */
      readonly tls: { readonly ca: string; readonly cert: string; readonly key: string } | null;
    }
  | { readonly sort: 'ssh'; readonly host: string; readonly port: number; readonly user: string | null };
