// Keeps the page live: one WebSocket brings the sections that have changed; rows with the same id are replaced in place and marked as changed.
const live = document.getElementById('live');
let lastNews = null;
let wait = 500;

function show(sections) {
  for (const [id, html] of Object.entries(sections)) {
    const section = document.getElementById(id);
    const next = document.createElement('div');
    next.innerHTML = html;
    const before = new Map([...section.querySelectorAll('[data-score]')].map(row => [row.id, row.dataset.score]));
    const opened = new Set([...section.querySelectorAll('article[id] details[open]')].map(d => d.closest('article').id));
    const known = new Set([...section.querySelectorAll('article[id]')].map(a => a.id));
    for (const row of next.querySelectorAll('[data-score]')) {
      if (before.has(row.id) && before.get(row.id) !== row.dataset.score) row.classList.add('changed');
    }
    for (const article of next.querySelectorAll('article[id]')) {
      const details = article.querySelector('details');
      if (details && known.has(article.id)) details.open = opened.has(article.id);
    }
    section.replaceChildren(...next.childNodes);
  }
  tick();
}

function span(seconds) {
  const s = Math.abs(Math.round(seconds));
  return s < 90 ? `${s} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
}

function tick() {
  for (const time of document.querySelectorAll('time[data-due]')) {
    const left = (Date.parse(time.dataset.due) - Date.now()) / 1000;
    time.textContent = left >= 0 ? `in ${span(left)}` : `overdue by ${span(left)}`;
    time.classList.toggle('overdue', left < 0);
  }
  if (lastNews === null) return;
  const age = (Date.now() - lastNews) / 1000;
  const fresh = socket.readyState === WebSocket.OPEN && age < 15;
  live.className = fresh ? 'online' : 'offline';
  live.textContent = fresh ? `Live · ${new Date().toISOString().slice(11, 19)} UTC` : `NOT LIVE: last news ${span(age)} ago`;
}

// A session that is over leads to where its reader signs in again; without one, nothing is led anywhere.
async function signInAgain() {
  try {
    const page = await fetch('/', { redirect: 'manual', cache: 'no-store' });
    if (page.type === 'opaqueredirect') location.reload();
  } catch {
    // The suite does not answer, which the page says already.
  }
}

let socket;
function connect() {
  let opened = false;
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/board/live`);
  socket.onopen = () => { opened = true; };
  socket.onmessage = message => { lastNews = Date.now(); wait = 500; show(JSON.parse(message.data)); };
  socket.onclose = () => {
    if (lastNews === null) live.textContent = 'NOT LIVE: the suite does not answer';
    if (!opened) signInAgain();
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 5000);
  };
}

connect();
setInterval(tick, 1000);
