import { expect, test } from 'vitest';
import {
  classifyRequest,
  failedRequests,
  fetchedBlobs,
  type LedgerEntry,
  pushedBlobs,
} from '../../../../src/lab/link/ledger.ts';
import { milliseconds } from '../../../../src/units.ts';

function entry(method: string, path: string, status: number | null, over: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    method,
    path,
    status,
    requestBytes: 0,
    responseBytes: 0,
    startedAt: milliseconds(10),
    firstByteAt: milliseconds(11),
    lastByteAt: milliseconds(19),
    endedAt: milliseconds(20),
    error: null,
    ...over,
  };
}

test.each([
  ['/v2/', { sort: 'other' }],
  ['/v2/library/node/manifests/20', { sort: 'manifest', reference: '20' }],
  ['/v2/a/b/c/blobs/sha256:abc', { sort: 'blob', digest: 'sha256:abc' }],
  ['/v2/a/blobs/uploads/', { sort: 'upload-start', mount: null }],
  ['/v2/a/blobs/uploads/?mount=sha256:m&from=b', { sort: 'upload-start', mount: 'sha256:m' }],
  ['/v2/a/blobs/uploads/1-2-3?_state=x', { sort: 'upload', id: '1-2-3', digest: null }],
  ['/v2/a/blobs/uploads/1-2-3?_state=x&digest=sha256%3Ad', { sort: 'upload', id: '1-2-3', digest: 'sha256:d' }],
])('classifies %s', (path, expected) => {
  expect(classifyRequest(path)).toEqual(expected);
});

test('a push is put together from its requests', () => {
  const blobs = pushedBlobs([
    entry('HEAD', '/v2/a/blobs/sha256:old', 200),
    entry('HEAD', '/v2/a/blobs/sha256:new', 404),
    entry('POST', '/v2/a/blobs/uploads/', 202),
    entry('PATCH', '/v2/a/blobs/uploads/u1?_state=1', 202, { requestBytes: 700 }),
    entry('PUT', '/v2/a/blobs/uploads/u1?_state=2&digest=sha256%3Anew', 201, { endedAt: milliseconds(30) }),
    entry('HEAD', '/v2/a/blobs/sha256:new', 200),
    entry('POST', '/v2/a/blobs/uploads/?mount=sha256%3Ashared&from=b', 201),
    entry('PUT', '/v2/a/manifests/v1', 201, { requestBytes: 500 }),
  ]);
  expect(blobs).toEqual([
    { digest: 'sha256:old', how: 'already-there', bytes: 0, startedAt: null, endedAt: null },
    { digest: 'sha256:new', how: 'moved', bytes: 700, startedAt: 10, endedAt: 30 },
    { digest: 'sha256:shared', how: 'mounted', bytes: 0, startedAt: null, endedAt: null },
  ]);
});

test('bytes sent with the closing request count too', () => {
  const [blob] = pushedBlobs([entry('PUT', '/v2/a/blobs/uploads/u2?digest=sha256%3Aone', 201, { requestBytes: 42 })]);
  expect(blob).toMatchObject({ digest: 'sha256:one', how: 'moved', bytes: 42 });
});

test('a pull counts answered blobs alone', () => {
  const blobs = fetchedBlobs([
    entry('GET', '/v2/a/manifests/v1', 200, { responseBytes: 1000 }),
    entry('GET', '/v2/a/blobs/sha256:l1', 200, { responseBytes: 900 }),
    entry('GET', '/v2/a/blobs/sha256:l2', 404, { responseBytes: 90 }),
    entry('GET', '/v2/a/blobs/sha256:l3', 200, { error: 'aborted' }),
    entry('HEAD', '/v2/a/blobs/sha256:l1', 200),
  ]);
  expect(blobs.map((blob) => [blob.digest, blob.bytes])).toEqual([['sha256:l1', 900]]);
});

test('server errors and broken exchanges are told, missing things are not', () => {
  const entries = [entry('GET', '/a', 404), entry('GET', '/b', 503), entry('GET', '/c', null, { error: 'reset' })];
  expect(failedRequests(entries).map((failed) => failed.path)).toEqual(['/b', '/c']);
});
