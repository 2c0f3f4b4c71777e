// Follows breaches and prints each change. Usage: watch.mjs TOKEN-FILE [COUNTRY...]
// The token of the last change is kept in a file, so that neither a broken connection nor a restart of this program misses one. A
// program that dies between the two shows one change twice: whoever acts on them drops a (name, sequence) that was seen.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { call, client, headers, isPassing, pause, reason, words } from './suite.mjs';

// A watch without news sends a bookmark every ten seconds; one that is silent for longer is broken.
const longestSilence = 30_000;

const [tokenFile, ...countries] = process.argv.slice(2);
const service = client('BreachService');
let wait = 0.1;

async function follow() {
  const resume_token = existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8') : await list();
  const watch = service.watchBreaches({ countries, resume_token }, headers());
  const silence = setTimeout(() => watch.cancel(), longestSilence);
  try {
    for await (const response of watch) {
      silence.refresh();
      wait = 0.1;
      if (response.breach) show(response.breach);
      keep(response.resume_token);
    }
  } finally {
    clearTimeout(silence);
    watch.cancel();
  }
}

// Shows what fires now, and gives the token behind it.
async function list() {
  const request = { state: 'STATE_FIRING' };
  let token;
  do {
    const page = await call(service, 'listBreaches', request);
    token ??= page.resume_token;
    page.breaches.filter(({ country }) => countries.length === 0 || countries.includes(country)).forEach(show);
    request.page_token = page.next_page_token;
  } while (request.page_token);
  keep(token);
  return token;
}

const show = ({ name, sequence, state, sentence }) => console.log(`${name} ${sequence} ${state.replace('STATE_', '')}: ${sentence}`);

// Renamed into place, so that a crash leaves the old one or the new one.
function keep(token) {
  writeFileSync(`${tokenFile}.new`, token);
  renameSync(`${tokenFile}.new`, tokenFile);
}

for (;;) {
  try {
    await follow();
    console.error('The watch ended: going on behind the last change.');
  } catch (error) {
    if (['RESUME_TOKEN_EXPIRED', 'INVALID_TOKEN'].includes(reason(error))) {
      console.error('The token leads nowhere any more: this is how it stands now.');
      rmSync(tokenFile);
    } else if (isPassing(error)) {
      console.error(`The connection broke (${error.code}): going on behind the last change.`);
    } else {
      console.error(typeof error.code === 'number' ? words(error) : error);
      process.exit(1);
    }
  }
  await pause(wait);
  wait = Math.min(1, wait * 2);
}
