// A tree in a table is walked by keys, as the authoring practices of WAI-ARIA have it: one row of it is in the page's order, arrows walk the
// rows that are shown, and open and close them.
const treeRow = element => element?.closest?.('[role="treegrid"] tbody [role="row"]');
const treeRows = row => [...row.closest('table').querySelectorAll('tbody [role="row"]')];
const depth = row => Number(row.ariaLevel);

function walkTo(row) {
  if (!row) return;
  for (const other of treeRows(row)) other.tabIndex = other === row ? 0 : -1;
  row.focus();
}

const walks = {
  ArrowDown: (rows, i) => rows[i + 1],
  ArrowUp: (rows, i) => rows[i - 1],
  Home: rows => rows[0],
  End: rows => rows.at(-1),
  // Opens what is closed; of what is open it leads to the first child.
  ArrowRight: (rows, i) => rows[i].ariaExpanded === 'false' ? toggle(rows[i]) : rows[i].ariaExpanded === 'true' ? rows[i + 1] : null,
  // Closes what is open; of what is closed it leads to the parent.
  ArrowLeft: (rows, i) => rows[i].ariaExpanded === 'true' ? toggle(rows[i])
    : rows.slice(0, i).findLast(row => depth(row) < depth(rows[i])),
  Enter: (rows, i) => toggle(rows[i]),
};

function toggle(row) {
  row.querySelector('[data-toggle]')?.click();
  return row;
}

document.addEventListener('keydown', event => {
  const row = treeRow(event.target);
  const walk = row === event.target && !event.ctrlKey && !event.altKey && !event.metaKey && walks[event.key];
  if (!walk) return;
  event.preventDefault();
  const rows = treeRows(row);
  walkTo(walk(rows, rows.indexOf(row)));
});

// Where the row in the page's order is closed away, the first one takes its place.
document.addEventListener('focusin', event => {
  const row = treeRow(event.target);
  if (row && row === event.target) for (const other of treeRows(row)) other.tabIndex = other === row ? 0 : -1;
});
setInterval(() => {
  for (const body of document.querySelectorAll('[role="treegrid"] tbody')) {
    if (!body.querySelector('[role="row"][tabindex="0"]')) body.querySelector('[role="row"]')?.setAttribute('tabindex', '0');
  }
}, 1000);
