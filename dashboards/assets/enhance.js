// Conveniences for the catalogue's pages: find as you type, sort by a column, copy a link or a
// text. It adds to what stands on the page and fetches nothing; without it nothing is lost.
(function () {
  'use strict';
  var main = document.getElementById('main');
  if (!main) return;

  function make(tag, className, text) {
    var e = document.createElement(tag);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }
  function all(selector, within) {
    return Array.prototype.slice.call((within || main).querySelectorAll(selector));
  }

  var said = make('p', 'vh');
  said.setAttribute('role', 'status');
  main.appendChild(said);
  function say(words) {
    said.textContent = words;
  }

  // Find as you type: rows of every table.findable that hold each word typed.
  function finder(tables) {
    var box = make('div', 'find');
    var label = make('label', '', 'Find on this page');
    var input = make('input');
    var found = make('p', 'small');
    label.htmlFor = input.id = 'find';
    input.type = 'search';
    input.autocomplete = 'off';
    input.spellcheck = false;
    found.setAttribute('role', 'status');
    box.append(label, input, found);
    var lead = main.querySelector('.lead');
    lead.parentNode.insertBefore(box, lead.nextSibling);

    var rows = [];
    tables.forEach(function (table) {
      all('tbody tr', table).forEach(function (row) {
        rows.push({ row: row, text: row.textContent.toLowerCase() });
      });
    });
    var waiting;
    function find() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var n = 0;
      rows.forEach(function (r) {
        var shown = words.every(function (w) { return r.text.indexOf(w) >= 0; });
        r.row.hidden = !shown;
        if (shown) n++;
      });
      all('.find-part').forEach(function (part) {
        part.hidden = !part.querySelector('tbody tr:not([hidden])');
      });
      found.textContent = words.length ? n + ' of ' + rows.length + ' lines' : '';
    }
    input.addEventListener('input', function () {
      clearTimeout(waiting);
      waiting = setTimeout(find, 120);
    });
  }

  // Sort by a column: up, then down, then as it was.
  var collator = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });
  function sorter(table) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var heads = all('thead th', table);
    heads.forEach(function (head, column) {
      var button = make('button', 'sort');
      button.type = 'button';
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', function () {
        var was = head.getAttribute('aria-sort');
        var now = was === 'ascending' ? 'descending' : was === 'descending' ? '' : 'ascending';
        heads.forEach(function (h) { h.removeAttribute('aria-sort'); });
        var sorted = rows.slice();
        if (now) {
          head.setAttribute('aria-sort', now);
          sorted.sort(function (a, b) {
            var order = collator.compare(a.cells[column].textContent, b.cells[column].textContent);
            return now === 'ascending' ? order : -order;
          });
        }
        sorted.forEach(function (row) { body.appendChild(row); });
        say(now ? 'Sorted by ' + button.textContent + ', ' + now : 'In the first order again');
      });
    });
  }

  // Copy: by the clipboard where the browser gives one, or else by a selection.
  function bySelection(text) {
    var area = make('textarea', 'vh');
    area.value = text;
    main.appendChild(area);
    area.select();
    var done = document.execCommand('copy');
    area.remove();
    return done;
  }
  function copy(text, button) {
    function tell(done) {
      button.focus();
      say(done ? 'Copied' : 'The browser did not allow copying');
      button.textContent = done ? 'Copied' : 'Not allowed';
      setTimeout(function () { button.textContent = button.value; }, 2000);
    }
    if (!navigator.clipboard) return tell(bySelection(text));
    navigator.clipboard.writeText(text).then(function () { tell(true); }, function () { tell(bySelection(text)); });
  }
  function copier(words, of, text) {
    var button = make('button', 'copy', words);
    button.type = 'button';
    button.value = words;
    button.setAttribute('aria-label', words + ': ' + of);
    button.addEventListener('click', function () { copy(text(), button); });
    return button;
  }

  all('h2[id]').forEach(function (heading) {
    var line = make('div', 'headed');
    heading.parentNode.insertBefore(line, heading);
    line.append(heading, copier('Copy link', heading.textContent, function () {
      return location.href.split('#')[0] + '#' + heading.id;
    }));
    if (heading.id === 'file') {
      line.append(copier('Copy the text', 'the file', function () { return document.getElementById('source').textContent; }));
    }
  });
  all('table.sortable').forEach(sorter);
  var tables = all('table.findable');
  if (tables.length) finder(tables);
})();
