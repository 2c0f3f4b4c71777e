// Receives webhooks of Early Warning: verifies each, keeps it on the disk, answers, and prints its subject once.
// Usage: WEBHOOK_SECRET=... [WEBHOOK_SECRET_OLD=...] node receiver.mjs PORT FILE
import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';

const TOLERANCE = 5 * 60;
const MOST_BYTES = 1 << 20;

// A message is tried for seven days; as long again for what somebody has sent anew.
const KEEP = 14 * 24 * 60 * 60;

const key = (secret) => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret));

// While a new secret replaces an old one, either may have signed.
const keys = [process.env.WEBHOOK_SECRET, process.env.WEBHOOK_SECRET_OLD].filter(Boolean).map(key);

const same = (one, other) => one.length === other.length && timingSafeEqual(one, other);

function isRight(id, timestamp, signatures, body) {
  // Without the time a call that somebody recorded would be right for ever.
  if (!id || !/^\d{1,15}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE) {
    return false;
  }
  const expected = keys.map((k) => 'v1,' + createHmac('sha256', k).update(`${id}.${timestamp}.`).update(body).digest('base64'));
  const given = signatures.split(' ');
  return expected.flatMap((e) => given.map((g) => same(Buffer.from(e), Buffer.from(g)))).includes(true);
}

// What was taken, one message a line. A line break comes before each, so that a line cut off by a crash spoils no other. An id is remembered for as long
// as it may come again.
class Inbox {
  // By when they were taken, the oldest first.
  #ids = new Map();
  #file;

  constructor(path) {
    for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
      try {
        const { id, at } = JSON.parse(line);
        if (at >= Date.now() / 1000 - KEEP) {
          this.#ids.set(id, at);
        }
      } catch {
        // Cut off before it was answered: it comes again.
      }
    }
    this.#file = openSync(path, 'a');
  }

  // Keeps a message; false where it is there already.
  take(id, message) {
    const now = Math.floor(Date.now() / 1000);
    for (const [oldest, at] of this.#ids) {
      if (at >= now - KEEP) {
        break;
      }
      this.#ids.delete(oldest);
    }
    if (this.#ids.has(id)) {
      return false;
    }
    writeSync(this.#file, '\n' + JSON.stringify({ id, at: now, message }));
    fsyncSync(this.#file);
    this.#ids.set(id, now);
    return true;
  }
}

async function read(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MOST_BYTES) {
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function receive(request) {
  const body = await read(request);
  if (body === null) {
    return 413;
  }
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => request.headers[`webhook-${name}`] ?? '');
  if (!isRight(id, timestamp, signatures, body)) {
    return 401;
  }
  let message;
  try {
    message = JSON.parse(body);
  } catch {
    return 400;
  }
  const subject = message?.data?.notification?.subject;
  if (subject === undefined) {
    return 400;
  }
  if (inbox.take(id, message)) {
    console.log(`${id}: ${subject}`);
  }
  // Taken now or before: either way the sender may stop.
  return 204;
}

const [port, path] = process.argv.slice(2);
if (keys.length === 0 || !path) {
  console.error('Usage: WEBHOOK_SECRET=... [WEBHOOK_SECRET_OLD=...] node receiver.mjs PORT FILE');
  process.exit(1);
}
const inbox = new Inbox(path);
const server = createServer(async (request, response) => {
  response.statusCode = await receive(request).catch(() => 500);
  response.end();
});
server.listen(Number(port), '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${server.address().port}/`));
