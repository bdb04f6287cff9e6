import type { Milliseconds } from '../../units.ts';

/** One request that crossed a link. Instants are on the process's monotonic clock; null where it did not get so far. */
export interface LedgerEntry {
  readonly method: string;
  readonly path: string;
  status: number | null;
  /** Bodies only: headers and TCP's own bytes are not counted. */
  requestBytes: number;
  responseBytes: number;
  readonly startedAt: Milliseconds;
  /** First byte of the body that moved, whichever way it went. */
  firstByteAt: Milliseconds | null;
  /** Last byte handed over. */
  lastByteAt: Milliseconds | null;
  /** The whole exchange was over. */
  endedAt: Milliseconds | null;
  error: string | null;
}

export type RegistryRequest =
  | { readonly sort: 'manifest'; readonly reference: string }
  | { readonly sort: 'blob'; readonly digest: string }
  | { readonly sort: 'upload-start'; readonly mount: string | null }
  | { readonly sort: 'upload'; readonly id: string; readonly digest: string | null }
  | { readonly sort: 'other' };

/** What a request asked of a registry, by the paths of the OCI distribution specification. */
export function classifyRequest(path: string): RegistryRequest {
  const [plain = '', search = ''] = path.split('?');
  const query = new URLSearchParams(search);
  const manifest = /^\/v2\/.+\/manifests\/([^/]+)$/.exec(plain)?.[1];
  if (manifest !== undefined) return { sort: 'manifest', reference: manifest };
  const upload = /^\/v2\/.+\/blobs\/uploads\/([^/]*)$/.exec(plain)?.[1];
  if (upload === '') return { sort: 'upload-start', mount: query.get('mount') };
  if (upload !== undefined) return { sort: 'upload', id: upload, digest: query.get('digest') };
  const blob = /^\/v2\/.+\/blobs\/([^/]+)$/.exec(plain)?.[1];
  return blob === undefined ? { sort: 'other' } : { sort: 'blob', digest: blob };
}

/** A layer or configuration as one phase saw it cross a link. */
export interface BlobMovement {
  readonly digest: string;
  readonly how: 'moved' | 'already-there' | 'mounted';
  readonly bytes: number;
  readonly startedAt: Milliseconds | null;
  readonly endedAt: Milliseconds | null;
}

/** Blobs fetched through the link: every GET of a blob that was answered with its bytes. */
export function fetchedBlobs(entries: readonly LedgerEntry[]): BlobMovement[] {
  return entries.flatMap((entry) => {
    const request = classifyRequest(entry.path);
    if (request.sort !== 'blob' || entry.method !== 'GET' || !succeeded(entry)) return [];
    return [movement(request.digest, 'moved', entry.responseBytes, entry.startedAt, entry.lastByteAt)];
  });
}

/**
 * Blobs that a push sent, found already there, or had mounted from another repository. Engines send a blob as
 * POST (open) → PATCH (bytes) → PUT ?digest= (close), or POST → PUT with the bytes; the upload's id ties them together.
 */
export function pushedBlobs(entries: readonly LedgerEntry[]): BlobMovement[] {
  const uploads = new Map<string, { bytes: number; startedAt: Milliseconds; endedAt: Milliseconds | null }>();
  const blobs: BlobMovement[] = [];
  for (const entry of entries) {
    if (!succeeded(entry)) continue;
    const request = classifyRequest(entry.path);
    if (request.sort === 'blob' && entry.method === 'HEAD') {
      blobs.push(movement(request.digest, 'already-there', 0, null, null));
    } else if (request.sort === 'upload-start' && request.mount !== null && entry.status === 201) {
      blobs.push(movement(request.mount, 'mounted', 0, null, null));
    } else if (request.sort === 'upload') {
      const before = uploads.get(request.id);
      const upload = {
        bytes: (before?.bytes ?? 0) + entry.requestBytes,
        startedAt: before?.startedAt ?? entry.startedAt,
        endedAt: entry.endedAt,
      };
      uploads.set(request.id, upload);
      if (request.digest !== null)
        blobs.push(movement(request.digest, 'moved', upload.bytes, upload.startedAt, upload.endedAt));
    }
  }
  // An engine asks for a blob again after it has sent it; what moved once has moved.
  const moved = new Set(blobs.filter((blob) => blob.how === 'moved').map((blob) => blob.digest));
  return blobs.filter((blob) => blob.how === 'moved' || !moved.has(blob.digest));
}

/** Requests that make a sample suspect: the registry failed, or the exchange was cut off. */
export function failedRequests(entries: readonly LedgerEntry[]): LedgerEntry[] {
  return entries.filter((entry) => entry.error !== null || (entry.status !== null && entry.status >= 500));
}

function succeeded(entry: LedgerEntry): boolean {
  return entry.error === null && entry.status !== null && entry.status >= 200 && entry.status < 300;
}

function movement(
  digest: string,
  how: BlobMovement['how'],
  bytes: number,
  startedAt: Milliseconds | null,
  endedAt: Milliseconds | null,
): BlobMovement {
  return { digest, how, bytes, startedAt, endedAt };
}
