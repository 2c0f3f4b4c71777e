// The palette and the keys. What can be gone to comes from the suite, what can be done from the page as it stands.
const palette = { of: null, all: [], shown: [], at: 0 };
const most = 40;

// As people type it: in small letters, and without the marks of the letters.
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', '\'').toLowerCase();

async function openPalette() {
  const dialog = document.getElementById('palette');
  if (!dialog || dialog.open || document.querySelector('dialog[open]')) return;
  const { act, view, page } = dialog.dataset;
  const acts = find('main button, .top .icon, .foot a[hreflang]')
    .filter(one => !one.disabled && !one.closest('[inert]') && one.checkVisibility())
    .map(one => ({ kind: act, name: one.getAttribute('aria-label') ?? one.textContent.trim(), about: '', go: () => one.click() }));
  palette.all = [
    ...acts,
    ...find('.nav a').map(one => ({ kind: page, name: one.firstChild.textContent.trim(), about: '', go: () => one.click() })),
    ...views().map(([name, address]) => ({ kind: view, name, about: address, go: () => Blazor.navigateTo(address) })),
  ];
  const search = document.getElementById('palette-q');
  search.value = '';
  dialog.showModal();
  filter();
  const entries = await palette.of?.invokeMethodAsync('Entries').catch(() => []) ?? [];
  palette.all.push(...entries.map(([kind, name, about, address]) => ({ kind, name, about, go: () => Blazor.navigateTo(address) })));
  filter();
}

function filter() {
  const words = plain(document.getElementById('palette-q').value).split(/\s+/).filter(word => word);
  palette.shown = palette.all
    .map(one => ({ one, text: plain(`${one.name} ${one.about} ${one.kind}`) }))
    .filter(({ text }) => words.every(word => text.includes(word)))
    .sort((a, b) => (words.length ? b.text.startsWith(words[0]) - a.text.startsWith(words[0]) : 0))
    .slice(0, most)
    .map(({ one }) => one);
  const list = document.getElementById('palette-list');
  list.replaceChildren(...palette.shown.map((one, i) => {
    const option = document.createElement('li');
    const name = document.createElement('bdi');
    const about = document.createElement('small');
    option.id = `palette-${i}`;
    option.setAttribute('role', 'option');
    name.textContent = one.name;
    about.textContent = [one.kind, one.about].filter(text => text).join(' · ');
    option.append(name, ' ', about);
    return option;
  }));
  const none = document.getElementById('palette-none');
  none.textContent = palette.shown.length ? '' : none.dataset.text;
  choose(0);
}

function choose(i) {
  const search = document.getElementById('palette-q');
  const options = find('#palette-list [role="option"]');
  palette.at = options.length ? (i + options.length) % options.length : 0;
  for (const [j, option] of options.entries()) option.setAttribute('aria-selected', j === palette.at);
  search.setAttribute('aria-expanded', options.length > 0);
  search.setAttribute('aria-activedescendant', options[palette.at]?.id ?? '');
  options[palette.at]?.scrollIntoView({ block: 'nearest' });
}

function take(i) {
  const one = palette.shown[i];
  if (!one) return;
  document.getElementById('palette').close();
  one.go();
}

document.addEventListener('input', event => {
  if (event.target.id === 'palette-q') filter();
  if (event.target.id === 'keys-on') localStorage.setItem('ew-keys', event.target.checked ? '' : 'off');
});
document.addEventListener('click', event => {
  const option = event.target.closest('#palette-list [role="option"]');
  if (event.target.closest('[data-palette]')) openPalette();
  if (event.target.closest('[data-keys]')) openKeys();
  if (option) take(find('#palette-list [role="option"]').indexOf(option));
});

function openKeys() {
  const dialog = document.getElementById('keys');
  if (!dialog || dialog.open) return;
  document.getElementById('keys-on').checked = localStorage.getItem('ew-keys') !== 'off';
  dialog.showModal();
}

// A letter after a g leads to a page.
let led = 0;
document.addEventListener('keydown', event => {
  const active = document.activeElement;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openPalette();
    return;
  }
  if (active.id === 'palette-q') {
    const to = { ArrowDown: palette.at + 1, ArrowUp: palette.at - 1, PageDown: Math.min(palette.at + 8, palette.shown.length - 1),
      PageUp: Math.max(palette.at - 8, 0) }[event.key];
    if (to !== undefined) choose(to);
    if (event.key === 'Enter' && !event.isComposing) take(palette.at);
    if (to !== undefined || event.key === 'Enter') event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem('ew-keys') === 'off') return;
  if (active.closest('input, textarea, select, dialog')) return;
  const link = event.timeStamp - led < 1500 && find('.nav a[data-key]').find(one => one.dataset.key === event.key);
  led = event.key === 'g' ? event.timeStamp : -Infinity;
  const does = link ? () => link.click() : { '/': search, '?': openKeys }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

// The slash leads to the page's own search, where it has one.
function search() {
  const own = document.getElementById('search');
  if (own) own.focus();
  else openPalette();
}
