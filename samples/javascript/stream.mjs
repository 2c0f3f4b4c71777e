// Sends a file of observations in batches on a stream. Usage: stream.mjs FILE
// What was not answered when the connection breaks is sent again under its numbers: each observation has an id of its own, so one
// that had been recorded already is a duplicate. The same holds where the whole program is run again.
// Exit codes: 0 done; 1 some were refused, put them right first; 75 not now, run the same again.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { client, headers, isPassing, pause, words } from './suite.mjs';

const batchSize = 50;
const mostUnanswered = 8;
const longestSilence = 30_000;
const patience = 300_000;

const service = client('ObservationService');
const unanswered = new Map();
const outcomes = {};
let newest = 0;
let answered = Date.now();

async function send(batches) {
  const call = service.streamObservations(headers());
  const write = (number) => call.write({ sequence: number, observations: unanswered.get(number) });
  const fill = async () => {
    while (unanswered.size < mostUnanswered) {
      const { value: batch, done } = await batches.next();
      if (done) break;
      unanswered.set(++newest, batch);
      write(newest);
    }
    if (unanswered.size === 0) call.end();
  };

  let silence = setTimeout(() => call.cancel(), longestSilence);
  try {
    for (const number of [...unanswered.keys()].sort((one, other) => one - other)) write(number);
    await fill();
    for await (const answer of call) {
      silence.refresh();
      await settle(answer, write);
      await fill();
    }
  } finally {
    clearTimeout(silence);
    call.cancel();
  }
}

// An item is done (on the disk), refused for good, or to be sent again; only the last keeps its batch unanswered.
async function settle(answer, write) {
  answered = Date.now();
  const number = Number(answer.sequence);
  const batch = unanswered.get(number);
  for (const { index = 0, reason, field, message } of answer.problems) {
    if (answer.outcomes[index] === 'OUTCOME_REJECTED') {
      console.log(`REJECTED ${batch[index].observation_id}: ${reason} ${field}: ${message}`);
    }
  }
  for (const outcome of answer.outcomes) {
    if (outcome !== 'OUTCOME_RETRY') outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  const again = batch.filter((_, place) => answer.outcomes[place] === 'OUTCOME_RETRY');
  if (again.length === 0) {
    unanswered.delete(number);
    return;
  }
  unanswered.set(number, again);
  await pause(1);
  write(number);
}

// Reads observation_id,country,indicator,value,observed_at,source in batches.
async function* read(file) {
  let batch = [];
  let header = true;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!header) batch.push(observation(line.split(',')));
    header = false;
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function observation([observation_id, country, indicator, value, observed_at, source]) {
  const time = Date.parse(observed_at);
  const seconds = Math.floor(time / 1000);
  const nanos = (time - seconds * 1000) * 1e6;
  return { observation_id, country, indicator, value: Number(value), observed_at: { seconds, nanos }, source };
}

const batches = read(process.argv[2]);
for (let wait = 0.1; ; wait = Math.min(1, wait * 2)) {
  try {
    await send(batches);
    if (unanswered.size === 0) break;
    console.error(`The stream ended: ${unanswered.size} batches are sent again.`);
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    if (!isPassing(error) || Date.now() - answered > patience) {
      console.error(words(error));
      process.exit(isPassing(error) ? 75 : 1);
    }
    console.error(`The connection broke (${error.code}): ${unanswered.size} batches are sent again.`);
  }
  await pause(wait);
}
console.log(Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome.replace('OUTCOME_', '')}`).join(', '));
process.exitCode = outcomes.OUTCOME_REJECTED ? 1 : 0;
