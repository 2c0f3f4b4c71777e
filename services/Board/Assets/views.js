// Views of the world that somebody has named. They are the browser's to keep: nobody else sees them.
function views() {
  try {
    return JSON.parse(localStorage.getItem('ew-views')) ?? [];
  } catch {
    return [];
  }
}

function keep(all) {
  localStorage.setItem('ew-views', JSON.stringify(all));
  listViews();
}

function listViews() {
  const list = document.getElementById('views-list');
  if (!list) return;
  list.replaceChildren(...views().map(([name, address], i) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    const forget = document.createElement('button');
    link.href = address;
    link.dir = 'auto';
    link.textContent = name;
    forget.type = 'button';
    forget.className = 'quiet';
    forget.dataset.forget = i;
    forget.textContent = list.dataset.forget;
    forget.setAttribute('aria-label', `${list.dataset.forget} ${name}`);
    item.append(link, ' ', forget);
    return item;
  }));
}

document.addEventListener('submit', event => {
  if (event.target.id !== 'views-form') return;
  event.preventDefault();
  event.stopPropagation();
  const field = document.getElementById('views-name');
  const name = field.value.trim();
  if (!name) return;
  keep([...views().filter(one => one[0] !== name), [name, location.pathname + location.search]]);
  field.value = '';
}, true);
document.addEventListener('click', event => {
  const forget = event.target.closest('[data-forget]');
  if (!forget || forget.tagName !== 'BUTTON') return;
  const details = forget.closest('details');
  keep(views().filter((_, i) => i !== Number(forget.dataset.forget)));
  details.querySelector('summary').focus();
});
