// One tab stop for the picture; from there the arrow keys go from call to call. Without this
// script each mark still has its title, and the list below says the same.
const plot = document.getElementById('plot');
const tip = document.getElementById('tip');
const marks = [...plot.querySelectorAll('.m')].sort((a, b) => a.dataset.n - b.dataset.n);
let now = null;

for (const mark of marks) {
  const title = mark.querySelector('title');
  mark.dataset.text = title.textContent;
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', title.textContent);
  mark.setAttribute('tabindex', '-1');
  title.remove();
  mark.addEventListener('focus', () => show(mark));
  mark.addEventListener('pointerenter', () => show(mark));
  mark.addEventListener('pointerdown', () => mark.focus({ preventScroll: true }));
  mark.addEventListener('pointerleave', () => show(plot.contains(document.activeElement) ? now : null));
  mark.addEventListener('blur', () => { tip.replaceChildren(); });
}
if (marks.length) {
  marks[0].setAttribute('tabindex', '0');
}

function show(mark) {
  if (!mark) {
    tip.replaceChildren();
    return;
  }
  const [head, call, remark] = mark.dataset.text.split('\n');
  tip.replaceChildren(part('head', head), part('call', call), ...(remark ? [part('remark', remark)] : []));
  const place = mark.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, place.left + place.width / 2 - width / 2), innerWidth - width - 8);
  const below = place.bottom + 10;
  tip.style.left = left + 'px';
  tip.style.top = (below + height < innerHeight ? below : Math.max(8, place.top - height - 10)) + 'px';
}

function part(style, text) {
  const element = document.createElement('div');
  element.className = style;
  element.textContent = text;
  return element;
}

plot.addEventListener('focusin', (event) => {
  const mark = event.target.closest('.m');
  if (mark) {
    if (now) now.setAttribute('tabindex', '-1');
    marks[0].setAttribute('tabindex', '-1');
    now = mark;
    mark.setAttribute('tabindex', '0');
  }
});

plot.addEventListener('keydown', (event) => {
  const mark = event.target.closest('.m');
  const lane = (each) => each.closest('[data-lane]').dataset.lane;
  const at = marks.indexOf(mark);
  const of = (all) => (at < 0 ? undefined : all.find((each) => lane(each) === lane(mark)));
  const next = {
    ArrowRight: () => marks[at + 1],
    ArrowLeft: () => marks[at - 1],
    ArrowDown: () => of(marks.slice(at + 1)),
    ArrowUp: () => of(marks.slice(0, at).reverse()),
    Home: () => marks[0],
    End: () => marks.at(-1),
  }[event.key];
  if (next && at >= 0) {
    event.preventDefault();
    const to = next();
    if (to) {
      to.focus({ preventScroll: true });
      to.scrollIntoView({ block: 'nearest', inline: 'center' });
      show(to);
    }
  }
});

// The tip belongs to a place on the screen.
addEventListener('scroll', () => { if (!plot.contains(document.activeElement)) tip.replaceChildren(); }, true);
