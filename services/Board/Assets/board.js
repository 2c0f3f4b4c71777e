// What a page does by itself: it listens for the suite's pulse, keeps time by the suite's clock, and says when either is lost. The server
// renders everything else.
const root = document.documentElement;
const every = 1000;
const patience = 2500;
let offset = 0;
let beat = performance.now();
let heard = Date.now();
let lost = false;

const now = () => Date.now() + offset;
const find = (selector, within = document) => [...within.querySelectorAll(selector)];
const clockTime = milliseconds => new Date(milliseconds).toISOString().slice(11, 19);

// Words are the server's: the place of a figure in them is {0}.
const say = (name, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), document.body.dataset[name]);

// Writes into the text that is there, which the server goes on to know.
function put(element, text) {
  const node = element.firstChild;
  if (node && node.nodeValue !== text) node.nodeValue = text;
}

// Two units at most, rounded down: never more time than there is.
function left(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const [d, h, min, s] = document.body.dataset.units.split(' ');
  const words = days ? `${days} ${d} ${hours} ${h}` : hours ? `${hours} ${h} ${minutes} ${min}`
    : minutes >= 2 ? `${minutes} ${min}` : `${seconds} ${s}`;
  return milliseconds < 0 ? say('late', words) : words;
}

function tick() {
  for (const clock of find('#utc')) put(clock, clockTime(now()));
  for (const element of find('[data-until]')) {
    const until = Date.parse(element.dataset.until) - now();
    put(element, left('past' in element.dataset ? -until : until));
  }

  setLost(performance.now() - beat > patience || now() - heard > 10000);
}

// While the suite is lost nothing can be recorded; deadlines run on.
function setLost(is) {
  const banner = document.getElementById('lost');
  if (is && !lost) {
    banner.querySelector('p').textContent = say('lost', clockTime(Math.min(heard, now())));
  }
  if (is !== lost) {
    lost = is;
    banner.hidden = !is;
    if (is) root.dataset.state = 'lost';
    else delete root.dataset.state;
  }
  for (const acts of find('[data-acts]')) acts.inert = lost;
}

async function pulse() {
  const asked = performance.now();
  try {
    const answer = await fetch('/board/pulse', { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(1500) });
    const news = await answer.json();
    offset = news.now + (performance.now() - asked) / 2 - Date.now();
    heard = news.heard || heard;
    beat = performance.now();
  } catch {
    // Said by the banner, when it has gone on for long enough.
  }
  tick();
  setTimeout(pulse, every);
}

// Where the circuit is gone the page is opened anew; where only its socket was, it goes on.
let refused = 0;

// The page that is opened then calls what has come since the server last showed this one anything.
function anew() {
  sessionStorage.setItem('away', document.getElementById('said').dataset.looked);
  location.reload();
}

async function reconnect() {
  for (;;) {
    try {
      if (await Blazor.reconnect()) return;
      anew();
      return;
    } catch {
      // The suite is away, or takes this viewer no longer: then it is alive all the same.
      refused = performance.now() - beat < every * 1.5 ? refused + 1 : 0;
      if (refused > 2) {
        anew();
        return;
      }
    }
    await new Promise(resolve => setTimeout(resolve, every));
  }
}

async function look(kind, value) {
  if (kind === 'notify' && value && !await mayNotify()) return;
  if (value) root.dataset[kind] = value;
  else delete root.dataset[kind];
  document.cookie = `ew-${kind}=${value};path=/;samesite=lax;max-age=${value ? 31536000 : 0}`;
  pressed();
}

function pressed() {
  for (const button of find('[data-look]')) {
    button.setAttribute('aria-pressed', (root.dataset[button.dataset.look] ?? '') === button.dataset.value);
  }
}

// What a link leads to is open, also where it is folded away or still to come, and whoever goes by keys goes on from there.
function unfold(tries = 40) {
  if (!location.hash) return;
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) {
    if (tries > 0) setTimeout(() => unfold(tries - 1), 50);
    return;
  }
  for (let details = target.closest('details'); details; details = details.parentElement.closest('details')) details.open = true;
  target.scrollIntoView();
  if (!target.closest('.rank')) enter(target);
}

function enter(element) {
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

// On another page whoever goes by keys begins with its content.
let path = location.pathname;
const push = history.pushState;
history.pushState = (...state) => {
  push.apply(history, state);
  if (location.hash) unfold();
  else if (location.pathname !== path) enter(document.getElementById('main'));
  path = location.pathname;
};

addEventListener('hashchange', () => unfold());
document.addEventListener('click', event => {
  if (event.target.closest('.skip')) {
    event.preventDefault();
    enter(document.getElementById('main'));
  } else if (event.target.closest('a[href*="#"]')) {
    setTimeout(() => unfold(), 50);
  }
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.open) document.getElementById(button.dataset.open).showModal();
  if ('close' in button.dataset) button.closest('dialog').close();
  if ('try' in button.dataset) call(root.querySelector('title').textContent);
  if (button.dataset.look) look(button.dataset.look, button.dataset.value);
});

// A moment says itself by the reader's own clock where it is pointed at.
document.addEventListener('pointerover', event => {
  const time = event.target.closest?.('time[datetime]');
  if (!time || time.title) return;
  time.title = say('local', new Date(time.dateTime).toLocaleString(root.lang, { dateStyle: 'long', timeStyle: 'short' }));
});

// Arrows walk the tiles.
document.addEventListener('keydown', event => {
  const active = document.activeElement;
  const tile = active.closest('.tiles a');
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 'row', ArrowUp: '-row' }[event.key];
  if (!tile || !step) return;
  const tiles = find('.tiles a');
  const box = tile.getBoundingClientRect();
  const below = step === 'row' ? 1 : -1;
  const to = typeof step === 'number'
    ? tiles[tiles.indexOf(tile) + step]
    : tiles.filter(one => below * (one.getBoundingClientRect().top - box.top) > 4)
      .sort((a, b) => distance(a, box) - distance(b, box))[0];
  if (to) {
    event.preventDefault();
    to.focus();
  }
});

function distance(tile, box) {
  const at = tile.getBoundingClientRect();
  return Math.abs(at.top - box.top) * 10 + Math.abs(at.left - box.left);
}

// An act goes on record by its own button: neither by a key that is held, nor by Enter in a field of its dialog.
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !event.target.closest('dialog form')) return;
  if (event.repeat || event.target.matches('input, select')) event.preventDefault();
});

// What is typed outlasts a lost socket and a suite that starts anew, in this tab alone.
document.addEventListener('input', event => {
  const form = event.target.closest('form[data-draft]');
  if (form) sessionStorage.setItem(`draft ${form.dataset.draft}`, JSON.stringify([...new FormData(form)]));
});

const focused = () => [document.activeElement?.id, document.activeElement?.value];

// What the server calls.
let before = ['', ''];
window.board = {
  // The page that was sent is replaced by the live one: whoever was in the middle of something goes on.
  ready() {
    const [id, value] = before;
    const element = id && document.getElementById(id);
    if (element && document.activeElement === document.body) {
      if (value !== undefined && element.value !== value) {
        element.value = value;
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }
      element.focus({ preventScroll: true });
    }
    pressed();
    tick();
    root.dataset.live = '';
  },
  // What was typed into a form and not sent; null for nothing.
  draft(key) {
    return JSON.parse(sessionStorage.getItem(`draft ${key}`));
  },
  // Since when, by the suite's clock, this tab was cut off; null where it was opened by its reader.
  away() {
    const since = sessionStorage.getItem('away');
    sessionStorage.removeItem('away');
    return since === null ? null : Number(since);
  },
  seen(seconds) {
    document.cookie = `ew-seen=${seconds};path=/;samesite=lax;max-age=31536000`;
  },
  // Tells a list when somebody reads it: by pointer, by keyboard, or with a selection.
  hold(element, list) {
    let [over, within, selected, told] = [false, false, false, false];
    const tell = () => {
      const held = over || within || selected;
      if (held !== told) {
        told = held;
        list.invokeMethodAsync('Hold', held).catch(() => { });
      }
    };
    element.addEventListener('pointerenter', event => { over = event.pointerType === 'mouse'; tell(); });
    element.addEventListener('pointerleave', () => { over = false; tell(); });
    element.addEventListener('focusin', () => { within = true; tell(); });
    element.addEventListener('focusout', event => { within = element.contains(event.relatedTarget); tell(); });
    document.addEventListener('selectionchange', () => {
      const selection = getSelection();
      selected = !selection.isCollapsed && element.contains(selection.anchorNode);
      if (element.isConnected) tell();
    });
  },
  show(id) {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
  },
  call,
  palette(of) {
    palette.of = of;
  },
  views: listViews,
  // What was sent is no draft any more.
  sent(id) {
    const form = document.querySelector(`#${id} form[data-draft]`);
    if (form) sessionStorage.removeItem(`draft ${form.dataset.draft}`);
  },
  shut(id) {
    this.sent(id);
    document.getElementById(id)?.close();
  },
};

addEventListener('focusin', () => { if (!('live' in root.dataset)) before = focused(); });
addEventListener('input', () => { if (!('live' in root.dataset)) before = focused(); });
