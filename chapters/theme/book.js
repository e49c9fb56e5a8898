// Comforts only: every page reads, folds and links without this file.
(function () {
  'use strict';
  var root = document.documentElement;

  function each(selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  // Light, dark, or as the system says. The head's script set it before the first paint.
  var toggle = document.querySelector('.theme');
  var next = { system: 'light', light: 'dark', dark: 'system' };
  var icons = {
    system: '<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>',
    light: '<circle cx="10" cy="10" r="3.5"/><path d="M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1"/>',
    dark: '<path d="M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.500 8.500z"/>'
  };
  function paint() {
    var theme = root.dataset.theme || 'system';
    toggle.innerHTML = '<svg viewBox="0 0 20 20" aria-hidden="true">' + icons[theme] + '</svg>';
    toggle.title = 'Colours: ' + theme;
    toggle.setAttribute('aria-label', 'Colours: ' + theme + '. Change to ' + next[theme]);
  }
  toggle.addEventListener('click', function () {
    var theme = next[root.dataset.theme || 'system'];
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
    try {
      if (theme === 'system') localStorage.removeItem('readiness-theme');
      else localStorage.setItem('readiness-theme', theme);
    } catch (e) { /* then it holds for this page */ }
    paint();
  });
  toggle.hidden = false;
  paint();

  // Where am I in the contents? And a link in the drawer closes it.
  var contents = document.getElementById('contents');
  var current = contents.querySelector('[aria-current]');
  function show() {
    if (!current) return;
    var top = current.getBoundingClientRect().top - contents.getBoundingClientRect().top;
    if (top > contents.clientHeight - 80) contents.scrollTop += top - contents.clientHeight / 3;
  }
  show();
  contents.addEventListener('toggle', show);
  contents.addEventListener('click', function (event) {
    if (event.target.closest('a') && contents.matches(':popover-open')) contents.hidePopover();
  });

  // Search. The index is a script and not data, since a page from a folder may load only those;
  // it comes when somebody wants to search.
  var search = document.querySelector('.search');
  var field = search.querySelector('input');
  var base = root.dataset.root;
  var found = null;
  function load() {
    if (load.asked) return;
    load.asked = true;
    var script = document.createElement('script');
    script.src = base + 'theme/search.js';
    script.onload = look;
    document.head.appendChild(script);
  }
  function close() {
    var list = found;
    found = null; // first, since removing what has the focus comes back here
    if (list) list.remove();
  }
  function look() {
    close();
    var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length || !window.readinessSearch) return;
    var hits = [];
    window.readinessSearch.forEach(function (entry) {
      var title = (entry.page + ' ' + entry.title).toLowerCase();
      var text = entry.text.toLowerCase();
      var score = 0;
      var all = words.every(function (word) {
        var inTitle = title.indexOf(word) >= 0;
        var inText = text.split(word).length - 1;
        score += (inTitle ? 20 : 0) + Math.min(inText, 5);
        return inTitle || inText;
      });
      if (all) hits.push({ entry: entry, score: score, at: text.indexOf(words[0]) });
    });
    hits.sort(function (a, b) { return b.score - a.score; });
    found = document.createElement('ol');
    hits.slice(0, 12).forEach(function (hit) {
      var link = document.createElement('a');
      link.href = base + hit.entry.to;
      link.textContent = hit.entry.page + (hit.entry.title ? ' › ' + hit.entry.title : '');
      if (hit.at >= 0) {
        var line = document.createElement('small');
        var from = Math.max(0, hit.at - 25);
        var word = document.createElement('mark');
        word.textContent = hit.entry.text.substr(hit.at, words[0].length);
        line.append((from ? '…' : '') + hit.entry.text.slice(from, hit.at), word,
          hit.entry.text.substr(hit.at + words[0].length, 90));
        link.appendChild(line);
      }
      var item = document.createElement('li');
      item.appendChild(link);
      found.appendChild(item);
    });
    if (!hits.length) {
      found.innerHTML = '<li class="none" role="status">Nothing in the book has all of these words.</li>';
    }
    search.appendChild(found);
  }
  search.hidden = false;
  field.addEventListener('focus', load);
  field.addEventListener('input', look);
  search.addEventListener('submit', function (event) {
    event.preventDefault();
    var first = found && found.querySelector('a');
    if (first) location.href = first.href;
  });
  search.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { close(); field.value = ''; field.focus(); }
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !found) return;
    event.preventDefault();
    var links = [field].concat(Array.prototype.slice.call(found.querySelectorAll('a')));
    links[(links.indexOf(document.activeElement) + step + links.length) % links.length].focus();
  });
  search.addEventListener('focusout', function (event) {
    if (!search.contains(event.relatedTarget)) close();
  });
  search.addEventListener('mousedown', function (event) {
    if (event.target !== field) event.preventDefault();
  });
  search.addEventListener('click', function (event) { if (event.target.closest('a')) close(); });

  // Code to take along: without callouts; of a console only what was typed.
  function textOf(code) {
    var copy = code.cloneNode(true);
    each('.conum', function (mark) { mark.remove(); }, copy);
    var lines = copy.textContent.split('\n').map(function (line) { return line.replace(/\s+$/, ''); });
    if (code.dataset.lang === 'console') {
      var typed = lines.filter(function (line) { return /^[$#] /.test(line); });
      if (typed.length) lines = typed.map(function (line) { return line.slice(2); });
    }
    return lines.join('\n') + '\n';
  }
  function copyText(text, done) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(done, function () {});
      return;
    }
    // A page from a folder or from another machine may not use the clipboard's newer interface.
    var area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = 0;
    document.body.appendChild(area);
    area.select();
    if (document.execCommand('copy')) done();
    area.remove();
  }
  each('.listing', function (listing) {
    var code = listing.querySelector('pre code');
    if (!code) return;
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', function () {
      copyText(textOf(code), function () {
        button.textContent = 'Copied';
        setTimeout(function () { button.textContent = 'Copy'; }, 1500);
        button.focus();
      });
    });
    listing.appendChild(button);
  });

  // Only what scrolls needs the focus, so that arrow keys reach it.
  function focusable() {
    each('pre, .table, .drawing', function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    });
  }
  focusable();
  window.addEventListener('resize', focusable);
  document.addEventListener('toggle', focusable, true);

  // A question asks for a choice before it is answered; who insists may look at once. What was
  // chosen is held against the answer, and kept under the question's own name: an edited question
  // is a new one.
  var kept = {
    key: function (block) { return 'readiness-choice-' + block.dataset.question; },
    read: function (block) {
      try { return localStorage.getItem(kept.key(block)); } catch (e) { return null; }
    },
    write: function (block, letter) {
      try {
        if (letter) localStorage.setItem(kept.key(block), letter);
        else localStorage.removeItem(kept.key(block));
      } catch (e) { /* then it holds for this page */ }
    }
  };
  function question(block) {
    var claim = block.classList.contains('claim');
    var list = block.querySelector('.options');
    var options = Array.prototype.slice.call(list.children);
    var answer = block.dataset.answer.charCodeAt(0) - 97;
    var verdict = list.classList.contains('verdicts');
    var reveal = block.querySelector('.reveal');
    var summary = reveal.querySelector('summary');
    var outcome = document.createElement('p');
    var asked = null;
    var chosen = -1;

    var names = options.map(function (option, i) {
      return verdict ? '“' + option.textContent.trim() + '”' : '(' + String.fromCharCode(97 + i) + ')';
    });
    function tag(option, text) {
      var mark = document.createElement('span');
      mark.className = 'mark';
      mark.textContent = text;
      option.appendChild(mark);
    }
    function show() {
      each('.mark', function (mark) { mark.remove(); }, list);
      outcome.textContent = '';
      list.classList.toggle('decided', chosen >= 0);
      options.forEach(function (option, i) {
        option.setAttribute('aria-checked', i === chosen);
        if (chosen < 0) option.removeAttribute('aria-disabled');
        else option.setAttribute('aria-disabled', 'true');
        option.classList.toggle('right', chosen >= 0 && i === answer);
        option.classList.toggle('missed', i === chosen && i !== answer);
      });
      if (chosen < 0) return;
      var what = verdict ? 'verdict' : 'prediction';
      if (chosen === answer) tag(options[chosen], '✓ your ' + what);
      else {
        tag(options[chosen], '✗ your ' + what);
        tag(options[answer], verdict ? '✓ the verdict' : '✓ the answer');
      }
      outcome.append(
        verdict ? 'You said ' + names[chosen] + (chosen === answer ? ', and that is the verdict.' : '; the verdict is ' + names[answer] + '.')
          : 'You predicted ' + names[chosen] + (chosen === answer ? ', and so it was.' : '; it was ' + names[answer] + '.'),
        ' ');
      var again = document.createElement('button');
      again.type = 'button';
      again.textContent = 'Choose again';
      again.addEventListener('click', function () {
        chosen = -1;
        kept.write(block, null);
        reveal.open = false;
        show();
        options[0].focus();
      });
      outcome.appendChild(again);
    }
    function focus(i) {
      options.forEach(function (other, j) { other.tabIndex = i === j ? 0 : -1; });
      options[i].focus();
    }
    function choose(i) {
      if (chosen >= 0) return;
      chosen = i;
      kept.write(block, String.fromCharCode(97 + i));
      if (asked) asked.remove();
      reveal.open = true;
      show();
      focus(i);
    }

    list.classList.add('choosable');
    list.setAttribute('role', 'radiogroup');
    list.setAttribute('aria-label', claim ? 'Your verdict' : 'Your prediction');
    // Arrows only move: to choose is to see the answer, and nobody should do that on the way.
    options.forEach(function (option, i) {
      option.setAttribute('role', 'radio');
      option.tabIndex = i === 0 ? 0 : -1;
      option.addEventListener('click', function () { choose(i); });
      option.addEventListener('keydown', function (event) {
        var step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (step) focus((i + step + options.length) % options.length);
        else if (event.key === ' ' || event.key === 'Enter') choose(i);
        else return;
        event.preventDefault();
      });
    });
    outcome.className = 'outcome';
    outcome.setAttribute('role', 'status');
    block.insertBefore(outcome, reveal);
    summary.addEventListener('click', function (event) {
      if (chosen >= 0 || asked || reveal.open) return;
      event.preventDefault();
      asked = document.createElement('span');
      asked.className = 'asked';
      asked.setAttribute('role', 'status');
      asked.textContent = ' First your guess. Or once more, to look without one.';
      this.appendChild(asked);
    });
    var before = kept.read(block);
    if (before && options[before.charCodeAt(0) - 97]) {
      chosen = before.charCodeAt(0) - 97;
      reveal.open = true;
      options.forEach(function (other, j) { other.tabIndex = j === chosen ? 0 : -1; });
    }
    show();
  }
  each('[data-question]', question);

  // What is being read, in the page's own contents.
  var here = {};
  each('.here a', function (link) { here[link.hash.slice(1)] = link; });
  var heads = Object.keys(here).map(function (id) { return document.getElementById(id); }).filter(Boolean);
  function mark() {
    var now = null;
    heads.forEach(function (head) { if (head.getBoundingClientRect().top < 140) now = head.id; });
    Object.keys(here).forEach(function (id) { here[id].classList.toggle('now', id === now); });
  }
  if (heads.length) {
    var waiting = false;
    window.addEventListener('scroll', function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }

  // A link into something folded opens it; so does printing.
  function unfold() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  }
  unfold();
  window.addEventListener('hashchange', unfold);
})();
