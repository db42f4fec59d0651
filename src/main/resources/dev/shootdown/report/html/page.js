(function () {
  'use strict';
  var all = function (css, root) { return Array.from((root || document).querySelectorAll(css)); };
  var byId = function (id) { return document.getElementById(id); };
  var cells = all('.cell');

  function filter() {
    var walker = byId('by-walker').value, verdict = byId('by-verdict').value, engine = byId('by-engine').value;
    var shown = 0;
    cells.forEach(function (cell) {
      var data = cell.dataset;
      var fits = (!walker || data.walker === walker) && (!verdict || data.verdict === verdict)
        && (!engine || data.engines.split(' ').includes(engine));
      cell.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    all('.matrix tbody tr, .others tr:not(:first-child), .block').forEach(function (part) {
      part.hidden = all('.cell', part).length > 0 && !all('.cell', part).some(function (cell) { return !cell.hidden; });
    });
    byId('shown').textContent = shown + ' of ' + cells.length + ' races';
  }

  function stepper(witness) {
    var dots = all('circle', witness.querySelector('svg.lanes'));
    var bad = dots.findIndex(function (dot) { return dot.classList.contains('bad'); });
    var at = Math.max(0, bad);
    function show(next) {
      dots[at].classList.remove('current');
      at = Math.min(dots.length - 1, Math.max(0, next));
      dots[at].classList.add('current');
      witness.querySelector('.now').textContent = dots[at].querySelector('title').textContent;
      var box = witness.querySelector('.scroll');
      box.scrollLeft = Number(dots[at].getAttribute('cx')) - box.clientWidth / 2;
    }
    witness.querySelector('.back').addEventListener('click', function () { show(at - 1); });
    witness.querySelector('.forward').addEventListener('click', function () { show(at + 1); });
    witness.querySelector('.offence').addEventListener('click', function () { show(bad); });
    witness.querySelector('.stepper').hidden = false;
    witness.addEventListener('toggle', function () { if (witness.open) { show(at); } });
    witness.addEventListener('keydown', function (event) {
      if (event.target.closest('pre')) { return; }
      if (event.key === 'ArrowRight') { show(at + 1); event.preventDefault(); }
      if (event.key === 'ArrowLeft') { show(at - 1); event.preventDefault(); }
    });
  }

  function open() {
    var target = byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches('.witness')) {
      target.open = true;
      target.querySelector('summary').focus();
      target.scrollIntoView();
    }
  }

  ['by-walker', 'by-verdict', 'by-engine'].forEach(function (id) { byId(id).addEventListener('change', filter); });
  byId('filter').hidden = false;
  all('.witness').forEach(stepper);
  addEventListener('hashchange', open);
  filter();
  open();
}());
