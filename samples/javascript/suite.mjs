// The way to a suite, and what its errors say. Address and key come from EW_ENDPOINT (default http://127.0.0.1:5051) and EW_API_KEY.
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

// Fields that are absent stay absent: a score that is not there is not 0. Repeated ones are there, if empty.
const types = protoLoader.loadFileDescriptorSetFromBuffer(
  readFileSync(new URL('../earlywarning.binpb', import.meta.url)), { longs: String, enums: String, arrays: true, oneofs: true });
const { v1 } = grpc.loadPackageDefinition(types).earlywarning;

const endpoint = new URL(process.env.EW_ENDPOINT ?? 'http://127.0.0.1:5051');
const credentials = endpoint.protocol === 'https:' ? grpc.credentials.createSsl() : grpc.credentials.createInsecure();

const options = {
  // By default the wait before the next connection grows to two minutes: too long for a warning.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  // Notices a connection that broke without a word.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // What was UNAVAILABLE is sent again as it was, within the call's deadline: an observation that arrives twice is recorded once.
  'grpc.service_config': JSON.stringify({
    methodConfig: [{
      name: [
        { service: 'earlywarning.v1.ObservationService', method: 'RecordObservation' },
        { service: 'earlywarning.v1.RiskService', method: 'GetCountryRisk' },
      ],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: '0.2s',
        maxBackoff: '1s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    }],
  }),
};

/** Makes a client of a service, such as ObservationService. */
export const client = (service) => new v1[service](endpoint.host, credentials, options);

/** What goes with every call. */
export function headers() {
  const metadata = new grpc.Metadata();
  if (process.env.EW_API_KEY) metadata.set('authorization', `Bearer ${process.env.EW_API_KEY}`);
  return metadata;
}

/** Makes one call and gives its answer; it has ten seconds. */
export const call = (service, method, request) => new Promise((answered, refused) => {
  service[method](request, headers(), { deadline: Date.now() + 10_000 }, (error, answer) => error ? refused(error) : answered(answer));
});

/** Whether the same may succeed later: the suite was not there, or was asked for too much at a time. Anything else is refused for good. */
export const isPassing = (error) => [
  grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED, grpc.status.CANCELLED, grpc.status.INTERNAL,
].includes(error.code) || reason(error) === 'RATE_EXCEEDED';

/** The reason, as docs/errors.md lists them; empty where the error did not come from a suite. */
export const reason = (error) => details(error, 'google.rpc.ErrorInfo')[0]?.reason ?? '';

/** The error in words: the reason, and each field that is at fault. */
export function words(error) {
  const fields = details(error, 'google.rpc.BadRequest').flatMap((request) => request.field_violations);
  const said = fields.map(({ field, description }) => `\n  ${field}: ${description}`).join('');
  return `${grpc.status[error.code]} ${reason(error)}: ${said || error.details}`;
}

function details(error, type) {
  const [status] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!status) return [];
  return types['google.rpc.Status'].deserialize(status).details
    .filter((detail) => detail.type_url.endsWith(`/${type}`))
    .map((detail) => types[type].deserialize(detail.value));
}

/** Waits for some time, spread over its upper half. */
export const pause = (seconds) => new Promise((over) => setTimeout(over, seconds * (500 + Math.random() * 500)));
