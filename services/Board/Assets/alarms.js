// A sound and a message of the browser for what calls for this viewer, where they want it. A browser plays nothing before its reader has
// touched the page; until then the page says that it is silent.
let audio = null;
const wakes = ['pointerdown', 'keydown'];

function wake() {
  if (root.dataset.sound !== 'on') return;
  audio ??= new AudioContext();
  audio.resume().then(hush, () => { });
  hush();
}

function hush() {
  root.classList.toggle('is-silent', root.dataset.sound === 'on' && audio?.state !== 'running');
}

// Two tones, rising: not a sound that devices make by themselves.
function ring() {
  wake();
  for (const [i, frequency] of [660, 880].entries()) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const from = audio.currentTime + i * 0.22;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.25, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.2);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.2);
  }
}

async function mayNotify() {
  const denied = document.getElementById('notify-denied');
  const granted = 'Notification' in window && await Notification.requestPermission() === 'granted';
  denied.textContent = granted ? '' : denied.dataset.text;
  return granted;
}

function call(text) {
  if (root.dataset.sound === 'on') ring();
  if (root.dataset.notify === 'on' && window.Notification?.permission === 'granted') {
    const [first, ...rest] = text.split('\n');
    const exercise = root.classList.contains('is-exercise') ? `${document.body.dataset.exercise} ` : '';
    const message = new Notification(exercise + first, { body: rest.join('\n'), lang: root.lang, tag: first });
    message.onclick = () => { window.focus(); message.close(); };
  }
}

for (const kind of wakes) addEventListener(kind, wake, { capture: true });
