(function () {
  'use strict';
  var all = function (css, root) { return Array.from((root || document).querySelectorAll(css)); };
  var byId = function (id) { return document.getElementById(id); };
  var cells = all('#matrix .cell, #others .cell');
  var canUnpack = 'DecompressionStream' in window;
  var choices = ['by-walker', 'by-verdict', 'by-engine'].map(byId);

  function race(cell) { return cell.getAttribute('aria-label').replace(/: [^:]*$/, ''); }

  // Hundreds of links are alike; who hears them in a list wants to know of which race each is.
  function name(cell) {
    all('.verdict, .open', cell).forEach(function (link) {
      var what = link.lastChild.textContent.trim();
      link.setAttribute('aria-label', what + ': ' + race(cell));
    });
  }

  function fits(cell) {
    var chosen = choices.map(function (select) { return select.value; });
    return (!chosen[0] || race(cell).split('/')[0] === chosen[0])
      && (!chosen[1] || cell.classList.contains(chosen[1]))
      && (!chosen[2] || cell.dataset.engines.split(' ').includes(chosen[2]));
  }

  function filter() {
    var isFiltered = choices.some(function (select) { return select.value; });
    cells.forEach(function (cell) { cell.hidden = !fits(cell); });
    all('.matrix tbody tr, .block').forEach(function (part) {
      part.hidden = isFiltered && all('.cell', part).every(function (cell) { return cell.hidden; });
    });
    var shown = cells.filter(function (cell) { return !cell.hidden; }).length;
    byId('shown').textContent = shown + ' of ' + cells.length + ' races';
  }

  // Who wants an overview can hide the numbers; they stay in cells that are opened, or not as expected.
  function size() { byId('verdicts').classList.toggle('brief', byId('cells').value === 'brief'); }

  function stepper(picture) {
    var dots = all('circle', picture);
    var box = picture.querySelector('.scroll');
    var key = Number(picture.dataset.key);
    var at = key;
    function mark(next) {
      dots[at].classList.remove('current');
      at = Math.min(dots.length - 1, Math.max(0, next));
      dots[at].classList.add('current');
    }
    function show(next) {
      mark(next);
      picture.querySelector('.now').textContent = dots[at].querySelector('title').textContent;
      var scale = box.scrollWidth / picture.querySelector('svg').viewBox.baseVal.width;
      box.scrollLeft = Number(dots[at].getAttribute('cx')) * scale - box.clientWidth / 2;
    }
    function on(name, next) {
      picture.querySelector(name).addEventListener('click', function () { show(next()); });
    }
    on('.back', function () { return at - 1; });
    on('.forward', function () { return at + 1; });
    on('.key', function () { return key; });
    dots.forEach(function (dot, index) { dot.addEventListener('click', function () { show(index); }); });
    picture.addEventListener('keydown', function (event) {
      var next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: dots.length - 1}[event.key];
      if (next !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
        show(next);
        event.preventDefault();
      }
    });
    picture.querySelector('.stepper').hidden = false;
    mark(key);
    picture.addEventListener('shown', function () { show(key); });
  }

  function reveal(root) {
    all('.picture', root).forEach(function (picture) { picture.dispatchEvent(new Event('shown')); });
  }

  var lines;

  function unpacked() {
    lines = lines || unpack(byId('pack').textContent);
    return lines;
  }

  function unpack(text) {
    var bytes = Uint8Array.from(atob(text), function (character) { return character.charCodeAt(0); });
    var plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Response(plain).text().then(function (lines) { return lines.split('\n'); });
  }

  // A failing execution's own line lists those that it opens to: each by how many lie between it and the last.
  function story(lines, number) {
    var next = 0;
    var html = lines[number].split(' ').map(function (between) {
      next += Number(between) + 1;
      return lines[next - 1];
    });
    var template = document.createElement('template');
    template.innerHTML = html.join('\n');
    return template.content;
  }

  function fill(witness) {
    var notice = witness.querySelector('.packed');
    if (!notice) { reveal(witness); return; }
    if (!canUnpack) { return; }
    unpacked().then(function (lines) {
      if (!notice.isConnected) { return; }
      notice.replaceWith(story(lines, Number(witness.dataset.number)));
      all('.picture', witness).forEach(stepper);
      reveal(witness);
    }).catch(function () { notice.classList.add('failed'); });
  }

  function open() {
    var target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    if (target.matches('.cell') && target.hidden) {
      choices.forEach(function (select) { select.value = ''; });
      filter();
    }
    if (target.matches('.witness')) {
      target.open = true;
      target.querySelector('summary').focus();
    }
    all('.more', target).slice(0, target.matches('.cell') ? 1 : 0).forEach(function (more) { more.open = true; });
    target.scrollIntoView();
  }

  choices.forEach(function (select) { select.addEventListener('change', filter); });
  byId('cells').addEventListener('change', size);
  byId('filter').hidden = false;
  cells.forEach(name);
  if (canUnpack) { document.body.classList.add('unpacks'); }
  all('.picture').forEach(stepper);
  all('.witness').forEach(function (witness) {
    witness.addEventListener('toggle', function () { if (witness.open) { fill(witness); } });
  });
  addEventListener('hashchange', open);
  filter();
  size();
  reveal(byId('story'));
  open();
}());
