import { DeployclockError, messageOf } from '../../errors.ts';

/** OpenSSL's words for a certificate whose issuer is not known here. */
const unknownAuthority: readonly string[] = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

/** Whether an error of ours says that a registry's certificate comes from nobody that this machine knows. */
export function isUnknownAuthority(thrown: unknown): boolean {
  return thrown instanceof DeployclockError && unknownAuthority.includes(reasonOf(thrown.cause).code ?? '');
}

/** The error for a registry, or what gives its tokens, that could not be asked. */
export function registryUnreachable(url: URL, thrown: unknown): DeployclockError {
  const { code, message } = reasonOf(thrown);
  const unknown = unknownAuthority.includes(code ?? '');
  const plain = code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG';
  const why = unknown
    ? `its certificate comes from an authority that this machine does not know (${message})`
    : plain
      ? 'it does not speak TLS, and deployclock sends no release and no login without'
      : message;
  const hint = unknown
    ? 'deployclock run --registry-ca FILE, with the certificate of the authority'
    : `curl -v ${url.origin}/v2/`;
  return new DeployclockError('REGISTRY_UNREACHABLE', `The registry at ${url.host} cannot be used: ${why}.`, {
    hint,
    cause: thrown,
  });
}

/** What fetch hides below its own error: a code and a message, of the first of several attempts where there were some. */
function reasonOf(thrown: unknown): { readonly code: string | null; readonly message: string } {
  const inner = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const first = inner instanceof AggregateError ? inner.errors[0] : inner;
  const code = first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : null;
  return { code, message: messageOf(first) };
}
