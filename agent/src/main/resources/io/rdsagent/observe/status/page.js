'use strict';
// Draws /status, which is asked every second. Texts get in as text, never as markup.
(function () {
  var WIDTH = 1000;
  var SVG = 'http://www.w3.org/2000/svg';
  var WORDS = { began: 'began', down: 'down', dead: 'given up', up: 'back', failed: 'login failed',
    left: 'let go', writer: 'failover', warning: 'warning' };
  var MOODS = { down: 'bad', dead: 'bad', failed: 'bad', up: 'good', left: 'warn', writer: 'warn', warning: 'warn' };
  var heardAt = 0;

  function element(name, attributes, text) {
    return fill(document.createElement(name), attributes, text);
  }

  function shape(name, attributes, text) {
    return fill(document.createElementNS(SVG, name), attributes, text);
  }

  function fill(made, attributes, text) {
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined && text !== null) { made.textContent = text; }
    return made;
  }

  function put(parent, children) {
    parent.replaceChildren.apply(parent, children);
    return parent;
  }

  function add(parent) {
    for (var i = 1; i < arguments.length; i++) { parent.appendChild(arguments[i]); }
    return parent;
  }

  function canvas(height, label) {
    return shape('svg', { viewBox: '0 0 ' + WIDTH + ' ' + height, role: 'img', 'aria-label': label });
  }

  function span(millis) {
    var seconds = Math.round(Math.abs(millis) / 1000);
    if (Math.abs(millis) < 10000) { return (Math.round(Math.abs(millis) / 100) / 10) + ' s'; }
    if (seconds < 120) { return seconds + ' s'; }
    var minutes = Math.floor(seconds / 60);
    if (minutes < 120) { return minutes + ' min' + (seconds % 60 && minutes < 20 ? ' ' + seconds % 60 + ' s' : ''); }
    return Math.floor(minutes / 60) + ' h ' + minutes % 60 + ' min';
  }

  function clock(millis) {
    return new Date(millis).toLocaleTimeString([], { hour12: false });
  }

  function plural(count, thing) {
    return count + ' ' + thing + (count === 1 ? '' : 's');
  }

  function short(address) {
    return address.replace(/^([^.:\[]+)(\.cluster(-ro|-custom)?|\.proxy)?[.-][^:]*\.rds\.amazonaws\.com(\.cn)?/, '$1$2');
  }

  // ------------------------------------------------------------------ is all well?

  function verdict(status) {
    var box = document.getElementById('verdict');
    box.className = status.up ? 'up' : 'down';
    var title = status.databases.length === 0 ? 'No database has been asked for yet'
      : status.up ? 'All is well' : 'New connections fail' + failing(status);
    var list = element('ul');
    status.troubles.forEach(function (trouble) { add(list, said(element('li'), trouble)); });
    var down = [];
    status.databases.forEach(function (database) {
      database.endpoints.forEach(function (endpoint) {
        if (status.up && endpoint.wanted && endpoint.health !== 'serving') { down.push(short(endpoint.address)); }
      });
    });
    if (down.length > 0) {
      title = 'Connections are served, but not by all endpoints';
      box.className = 'partly';
      add(list, element('li', {}, down.join(', ') + (down.length === 1 ? ' gives' : ' give')
        + ' no sign of life. New connections go to the others; nothing needs to be done here.'));
    }
    put(box, [element('h2', {}, title)]);
    if (list.firstChild) { add(box, list); }
  }

  function failing(status) {
    var down = status.databases.filter(function (one) { return !one.up; });
    return down.length === 0 || down.length === status.databases.length ? ''
      : ' to ' + (down.length === 1 ? short(down[0].name) : down.length + ' of ' + status.databases.length + ' databases');
  }

  // What stands between backticks is to be typed as it is.
  function said(parent, text) {
    text.split('`').forEach(function (part, i, parts) {
      add(parent, i % 2 === 1 && i < parts.length - 1 ? element('code', {}, part)
        : document.createTextNode((i % 2 === 1 ? '`' : '') + part));
    });
    return parent;
  }

  // ------------------------------------------------------------------ one database

  function database(status, one) {
    var card = element('div', { class: 'database' + (one.up ? '' : ' down') });
    add(card, element('h2', {}, one.name),
      element('p', {}, plural(one.connectionCount, 'connection') + ', chosen ' + one.balance + ', '
        + (one.lifetimeMillis === null ? 'living as long as they like.'
          : 'each replaced before it is ' + span(one.lifetimeMillis) + ' old.')
        + (one.topologyAgeMillis === null ? '' : ' Endpoints asked for ' + span(one.topologyAgeMillis) + ' ago.')),
      endpoints(one));
    if (one.connections.length > 0) { add(card, element('h3', {}, 'How far each connection is from its deadline'),
      ages(status.now, one), ageLegend()); }
    return card;
  }

  function endpoints(one) {
    var table = element('table');
    var head = element('tr');
    ['Endpoint', 'Role', 'Health'].forEach(function (name) { add(head, element('th', {}, name)); });
    ['In use', 'Idle', 'All'].forEach(function (name) { add(head, element('th', { class: 'number' }, name)); });
    add(table, head);
    one.endpoints.forEach(function (endpoint) {
      var row = element('tr', endpoint.wanted ? {} : { class: 'unwanted' });
      var words = { serving: '● serves', silent: '▲ no sign of life', dead: '✖ dead', unasked: 'not asked' };
      add(row, element('td', { class: 'name', title: endpoint.address }, endpoint.address),
        element('td', {}, (endpoint.role || 'not known') + (endpoint.wanted ? '' : endpoint.drained ? ', being drained' : ', not wanted')),
        element('td', { class: endpoint.health }, words[endpoint.health] || endpoint.health),
        element('td', { class: 'number' }, count(one, endpoint, 'in use')),
        element('td', { class: 'number' }, count(one, endpoint, 'idle')),
        element('td', { class: 'number' }, endpoint.connections));
      add(table, row);
    });
    return add(element('div', { class: 'scroll' }), table);
  }

  function count(one, endpoint, use) {
    return one.connections.filter(function (connection) {
      return connection.endpoint === endpoint.address && connection.use === use;
    }).length;
  }

  // Left: just logged in. The red line: the deadline. A column of dots where several are equally far.
  function ages(now, one) {
    var LEFT = 250, RIGHT = 880, STEP = 13, LANE = 30;
    var whole = one.lifetimeMillis || 1;
    one.connections.forEach(function (connection) {
      if (connection.deadline !== null) { whole = Math.max(whole, connection.deadline - connection.loginAt); }
    });
    var names = [];
    one.endpoints.forEach(function (endpoint) { if (endpoint.wanted || endpoint.drained) { names.push(endpoint.address); } });
    one.connections.forEach(function (connection) {
      if (names.indexOf(connection.endpoint) < 0) { names.push(connection.endpoint); }
    });
    var y = 22;
    var parts = [];
    names.forEach(function (name) {
      var columns = {};
      var deepest = 1;
      one.connections.filter(function (connection) { return connection.endpoint === name; })
        .sort(function (a, b) { return a.deadline - b.deadline; })
        .forEach(function (connection) {
          var left = connection.deadline === null ? whole : connection.deadline - now;
          var share = Math.max(-0.17, Math.min(1, left / whole));
          var x = LEFT + Math.round((1 - share) * (RIGHT - LEFT) / STEP) * STEP;
          var depth = columns[x] = (columns[x] || 0) + 1;
          deepest = Math.max(deepest, depth);
          parts.push([x, y, depth, connection, left]);
        });
      var height = Math.max(LANE, 12 + deepest * STEP);
      parts.push([name, y, height]);
      y += height;
    });
    var bottom = y + 4;
    var picture = canvas(bottom + 20, 'Connections by the time that is left to each');
    add(picture, shape('rect', { class: 'zone', x: LEFT - 8, y: 18, width: RIGHT - LEFT + 8, height: bottom - 18 }),
      shape('rect', { class: 'overdue', x: RIGHT, y: 18, width: WIDTH - RIGHT, height: bottom - 18 }),
      shape('line', { class: 'limit', x1: RIGHT, x2: RIGHT, y1: 14, y2: bottom }),
      shape('text', { x: LEFT - 8, y: 12 }, 'logged in just now'),
      shape('text', { class: 'over', x: RIGHT + 6, y: 12 }, 'past its time'));
    [1, 0.75, 0.5, 0.25, 0].forEach(function (share) {
      var x = LEFT + (1 - share) * (RIGHT - LEFT);
      add(picture, shape('text', { x: x, y: bottom + 15, 'text-anchor': share === 1 ? 'start' : 'middle' },
        share === 0 ? 'deadline' : span(share * whole) + (share === 1 ? ' left' : '')));
    });
    parts.forEach(function (part) {
      if (part.length === 3) {
        add(picture, shape('text', { class: 'lane', x: 0, y: part[1] + 17 }, clip(short(part[0]))),
          shape('line', { class: 'axis', x1: 0, x2: WIDTH, y1: part[1] + part[2], y2: part[1] + part[2] }));
      } else {
        add(picture, dot(part, STEP, now));
      }
    });
    return picture;
  }

  function dot(part, step, now) {
    var connection = part[3];
    var made = shape('circle', { cx: part[0], cy: part[1] + 2 + (part[2] - 0.3) * step, r: 4.6,
      class: 'dot ' + connection.use.replace(' ', '') + (connection.past ? ' past' : '') });
    return add(made, shape('title', {}, connection.use + (connection.pool ? ', in ' + connection.pool : ', in no pool')
      + '\nlogged in ' + span(now - connection.loginAt) + ' ago'
      + (connection.deadline === null ? ''
        : part[4] < 0 ? '\npast its deadline by ' + span(part[4]) : '\n' + span(part[4]) + ' left')
      + (connection.past ? '\nto go: ' + connection.past : '')));
  }

  function clip(name) {
    return name.length > 34 ? name.slice(0, 33) + '…' : name;
  }

  function ageLegend() {
    var list = element('ul', { class: 'legend' });
    [['inuse', 'in use'], ['idle', 'idle in its pool'], ['unknown', 'opened ahead, or in no pool that tells'],
      ['past', 'to go when it comes back']].forEach(function (entry) {
      var item = element('li');
      add(item, element('i', { class: 'key dot ' + entry[0] }), document.createTextNode(entry[1]));
      add(list, item);
    });
    return list;
  }

  // ------------------------------------------------------------------ the time line

  function timeline(status) {
    var line = status.timeline;
    var LEFT = 110, MIDDLE = 84, HALF = 60, LANE = 18;
    var first = Math.max(0, Math.floor((status.startedAt - line.from) / line.momentMillis));
    var shown = Math.max(24, line.logins.length - first);
    first = line.logins.length - shown;
    var from = line.from + first * line.momentMillis;
    var until = line.from + line.logins.length * line.momentMillis;
    var outages = gone(status, from, until);
    var writers = folded(status.happenings).filter(function (one) { return one.kind === 'writer' && one.lastAt >= from; });
    var bottom = MIDDLE + HALF + 8 + outages.length * LANE;
    var picture = canvas(bottom + 22, 'Logins, rotations and failures over time');
    var step = (WIDTH - LEFT) / shown;
    var most = 1;
    for (var i = first; i < line.logins.length; i++) {
      most = Math.max(most, line.logins[i] + line.failedLogins[i], line.rotations[i] + line.otherRetirements[i]);
    }
    add(picture, shape('text', { class: 'lane', x: 0, y: MIDDLE - 22 }, 'opened in ' + span(line.momentMillis)),
      shape('text', { class: 'lane', x: 0, y: MIDDLE + 30 }, 'replaced'),
      shape('text', { x: LEFT - 8, y: MIDDLE - HALF + 4, 'text-anchor': 'end' }, most),
      shape('text', { x: LEFT - 8, y: MIDDLE + HALF + 4, 'text-anchor': 'end' }, most),
      shape('line', { class: 'axis', x1: LEFT, x2: WIDTH, y1: MIDDLE, y2: MIDDLE }));
    for (var at = first; at < line.logins.length; at++) {
      var x = LEFT + (at - first) * step;
      stack(picture, x, step, MIDDLE, -HALF / most, [[line.logins[at], 'login'], [line.failedLogins[at], 'failure']]);
      stack(picture, x, step, MIDDLE + 1, HALF / most,
        [[line.rotations[at], 'rotation'], [line.otherRetirements[at], 'loss']]);
    }
    writers.forEach(function (one) {
      var x = LEFT + (one.lastAt - from) / line.momentMillis * step;
      var isRight = x > WIDTH - 260;
      add(picture, shape('line', { class: 'failover', x1: x, x2: x, y1: 4, y2: MIDDLE + HALF + 6 }),
        shape('text', { class: 'failover', x: isRight ? x - 6 : x + 6, y: 13, 'text-anchor': isRight ? 'end' : 'start' },
          'failover: ' + one.who.join(', ') + ' writes'));
    });
    outages.forEach(function (outage, lane) {
      var y = MIDDLE + HALF + 8 + lane * LANE;
      add(picture, shape('text', { class: 'lane', x: 0, y: y + 12 }, short(outage.endpoint).slice(0, 15)));
      outage.spans.forEach(function (one) {
        var left = LEFT + (one[0] - from) / line.momentMillis * step;
        var right = LEFT + (one[1] - from) / line.momentMillis * step;
        add(picture, add(shape('rect', { class: 'outage', x: left, y: y + 2, width: Math.max(3, right - left), height: 12, rx: 2 }),
          shape('title', {}, outage.endpoint + ' gave no sign of life for ' + span(one[1] - one[0]))));
        if (right - left > 90) {
          add(picture, shape('text', { class: 'within', x: left + 6, y: y + 12 }, 'down'));
        }
      });
    });
    ticks(picture, LEFT, bottom, from, until);
    put(document.getElementById('bars'), [picture]);
    document.getElementById('timeline').hidden = false;
  }

  function stack(picture, x, step, base, scale, layers) {
    var y = base;
    layers.forEach(function (layer) {
      var height = layer[0] * scale;
      if (layer[0] > 0) {
        add(picture, add(shape('rect', { class: layer[1], x: x + 0.5, y: Math.min(y, y + height),
          width: Math.max(1, step - 1), height: Math.abs(height) }), shape('title', {}, layer[0] + ' in 5 s')));
      }
      y += height;
    });
  }

  function ticks(picture, left, bottom, from, until) {
    var count = 6;
    for (var i = 0; i <= count; i++) {
      var x = left + (WIDTH - left) * i / count;
      add(picture, shape('text', { x: x, y: bottom + 16, 'text-anchor': i === 0 ? 'start' : i === count ? 'end' : 'middle' },
        i === count ? 'now' : clock(from + (until - from) * i / count)));
    }
  }

  // From when to when each endpoint was down, as the happenings have it.
  function gone(status, from, until) {
    var byName = {};
    status.happenings.forEach(function (one) {
      if (!one.endpoint || ['down', 'up'].indexOf(one.kind) < 0) { return; }
      var spans = byName[one.endpoint] = byName[one.endpoint] || [];
      if (one.kind === 'down') {
        if (spans.length === 0 || spans[spans.length - 1][1] < until) { spans.push([one.lastAt, until]); }
      } else if (spans.length > 0) {
        spans[spans.length - 1][1] = one.lastAt;
      }
    });
    return Object.keys(byName).sort().map(function (name) {
      return { endpoint: name, spans: byName[name].filter(function (one) { return one[1] > from; })
        .map(function (one) { return [Math.max(from, one[0]), one[1]]; }) };
    }).filter(function (one) { return one.spans.length > 0; });
  }

  // The latest first. What befell several endpoints at a time, or one that is in several databases, is one line.
  function folded(happenings) {
    var lines = [];
    happenings.slice().sort(function (a, b) { return b.lastAt - a.lastAt; }).forEach(function (one) {
      var who = one.endpoint ? short(one.endpoint) : one.database;
      var counts = one.kind === 'failed' || one.kind === 'left' || one.kind === 'warning';
      var like = lines.filter(function (line) {
        return one.kind !== 'began' && line.kind === one.kind && line.text === one.text && line.at - one.lastAt < (counts ? 60000 : 3000);
      })[0];
      if (!like) {
        lines.push({ kind: one.kind, text: one.text, at: one.at, lastAt: one.lastAt, times: one.times, who: who ? [who] : [] });
        return;
      }
      like.at = Math.min(like.at, one.at);
      like.times = counts ? like.times + one.times : like.times;
      if (who && like.who.indexOf(who) < 0) { like.who.push(who); }
    });
    lines.forEach(function (line) { line.who.sort(); });
    return lines;
  }

  function happenings(status) {
    var lines = folded(status.happenings).slice(0, 30);
    var list = document.querySelector('#happenings ol');
    put(list, lines.map(function (line) {
      var text = element('p');
      if (line.who.length > 0) { add(text, element('span', { class: 'who' }, line.who.join(', ') + ': ')); }
      said(text, line.kind === 'writer' ? line.text.replace(/[^ ]+$/, short) : line.text);
      if (line.times > 1) { add(text, element('span', { class: 'who' }, ' (' + line.times + ' times since ' + clock(line.at) + ')')); }
      return add(element('li'), element('time', {}, clock(line.lastAt)),
        element('span', { class: 'what ' + (MOODS[line.kind] || '') }, WORDS[line.kind] || line.kind), text);
    }));
    document.getElementById('happenings').hidden = lines.length === 0;
  }

  // ------------------------------------------------------------------ once a second

  function draw(status) {
    document.title = (status.up ? '' : '! ') + 'RDS JDBC Agent';
    document.getElementById('since').textContent = status.agent + ', at work for ' + span(status.now - status.startedAt);
    verdict(status);
    put(document.getElementById('databases'), status.databases.slice()
      .sort(function (a, b) { return a.name < b.name ? -1 : 1; })
      .map(function (one) { return database(status, one); }));
    timeline(status);
    happenings(status);
    document.body.dataset.drawn = status.now;
  }

  function pulse() {
    var quiet = Date.now() - heardAt;
    var lost = heardAt > 0 && quiet > 5000;
    var box = document.getElementById('pulse');
    box.className = lost ? 'lost' : '';
    box.textContent = heardAt === 0 ? '' : lost
      ? 'No answer for ' + span(quiet) + ': the application has ended, or does not answer' : 'live';
    document.querySelector('main').className = lost ? 'stale' : '';
  }

  function ask() {
    fetch('status', { cache: 'no-store' }).then(function (answer) {
      if (!answer.ok) { throw new Error(answer.status); }
      return answer.json();
    }).then(function (status) {
      heardAt = Date.now();
      draw(status);
    }).catch(function () { /* pulse() says so. */ }).then(function () {
      pulse();
      setTimeout(ask, 1000);
    });
  }

  ask();
}());
