// What the page does by itself: it counts down, looks every two seconds how things stand, shows dialogs and toasts. Without it everything can still be
// read and submitted. Words come from the server only: where something has changed, its HTML is asked for again.
'use strict';
(() => {
  const root = document.documentElement, body = document.body;
  root.classList.add('js');
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const background = { headers: { 'X-Pgseal-Background': '1', Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' };

  // Countdown. The server's clock counts, not this machine's.
  let ahead = body.dataset.now ? Date.parse(body.dataset.now) - Date.now() : 0;
  const words = (seconds) => {
    const h = Math.floor(seconds / 3600), m = Math.floor(seconds / 60) % 60, s = seconds % 60;
    return (h ? h + ' h ' : '') + (h || m ? m + ' min ' : '') + s + ' s left';
  };
  const count = () => {
    for (const e of all('[data-until]')) {
      const left = Math.ceil((Date.parse(e.dataset.until) - Date.now() - ahead) / 1000);
      const text = left > 0 ? words(left) : 'the time is over';
      if (e.textContent !== text) e.textContent = text;
    }
  };
  count();
  setInterval(count, 1000);

  // Dialogs: links to a page of their own where there is no JavaScript.
  const focusable = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select, textarea';
  const open = (dialog) => {
    if (dialog.open) return;
    dialog.showModal(); // keeps the focus in it, and gives it back to the opener
    const first = dialog.querySelector('[data-first]');
    if (first) first.focus();
  };
  // The key press that asks must not answer as well: the dialog opens when the key is up again.
  const openLater = (dialog) => {
    let done = false;
    const now = () => { if (!done) { done = true; open(dialog); } };
    document.addEventListener('keyup', () => setTimeout(now), { once: true });
    setTimeout(now, 400);
  };
  document.addEventListener('click', (event) => {
    const opener = event.target.closest('[data-dialog]');
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (event.detail === 0) openLater(dialog); else open(dialog);
    }
    const away = event.target.closest('[data-close]');
    if (away && away.closest('dialog')) {
      event.preventDefault();
      away.closest('dialog').close();
    }
    if (event.target.closest('[data-print]')) {
      event.preventDefault();
      window.print();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.target.matches && event.target.matches('a[role=button]')) {
      event.preventDefault();
      event.target.click();
    }
    const dialog = event.target.closest && event.target.closest('dialog[open]');
    if (event.key !== 'Tab' || !dialog) return;
    const stops = all(focusable, dialog).filter((e) => e.offsetParent !== null || e === document.activeElement);
    const first = stops[0], last = stops[stops.length - 1];
    if (event.shiftKey ? document.activeElement === first : document.activeElement === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });

  // A name that has to be typed is compared here first; the server compares it in any case.
  document.addEventListener('input', (event) => {
    const input = event.target.closest('[data-name]');
    if (input) input.setCustomValidity(input.value === input.dataset.name ? '' : 'Type ' + input.dataset.name);
  });
  for (const input of all('[data-name]')) input.setCustomValidity('Type ' + input.dataset.name);

  // A form is sent once.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    for (const b of all('button:not([data-close])', form)) b.setAttribute('aria-disabled', 'true');
    const busy = form.querySelector('[data-busy]');
    if (busy) busy.hidden = false;
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of all('form')) delete form.dataset.sent;
  });

  // Toasts: what the server has said of the last action. Good news goes by itself, bad news stays until it is closed.
  const notices = document.getElementById('notices');
  const dress = (notice) => {
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'close';
    close.setAttribute('aria-label', 'Close this message');
    close.textContent = '\u00d7';
    close.addEventListener('click', () => notice.remove());
    notice.append(close);
    if (!notice.classList.contains('good')) return;
    let timer = setTimeout(() => notice.remove(), 12000);
    notice.addEventListener('mouseenter', () => clearTimeout(timer));
    notice.addEventListener('focusin', () => clearTimeout(timer));
  };
  const say = (id, kind, text, link) => {
    let notice = document.getElementById(id);
    if (!notice) {
      notice = document.createElement('div');
      notice.id = id;
      notice.className = 'notice ' + kind;
      notice.append(document.createElement('p'));
      notices.append(notice);
      dress(notice);
    }
    const p = notice.querySelector('p');
    if (p.dataset.text === text) return;
    p.dataset.text = text;
    p.textContent = text + ' ';
    if (link) {
      const a = document.createElement('a');
      a.href = location.href;
      a.textContent = link;
      p.append(a);
    }
  };
  const unsay = (id) => { const n = document.getElementById(id); if (n) n.remove(); };
  if (notices) for (const notice of all('.notice', notices)) dress(notice);
  // A page that answers a form stands at the form's address: loading it again must not send the form again.
  if (body.dataset.page && body.dataset.page !== location.pathname) history.replaceState(null, '', body.dataset.page);
  // What has been said once is not said again by a reload.
  if (new URLSearchParams(location.search).has('done')) {
    const u = new URL(location.href);
    u.searchParams.delete('done');
    u.searchParams.delete('mark');
    history.replaceState(null, '', u);
  }

  // Live: the JSON API tells whether something has changed.
  const poll = body.dataset.poll;
  if (!poll) return;
  let before = null, failedSince = null, busy = false, stopped = false;
  const still = (key, value) => (['now', 'age_ms', 'heartbeat', 'took_ms', 'made'].includes(key) ? undefined : value);
  const swap = async () => {
    const u = new URL(location.href);
    u.hash = '';
    const answer = await fetch(u, { ...background, headers: { 'X-Pgseal-Background': '1' } });
    if (!answer.ok || answer.redirected) throw new Error('no page');
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (fresh.body.dataset.now) ahead = Date.parse(fresh.body.dataset.now) - Date.now();
    const badge = () => (document.getElementById('badge') || {}).textContent;
    const was = badge();
    for (const old of all('[data-live]')) {
      const other = fresh.getElementById(old.id);
      if (!other || old.innerHTML === other.innerHTML) continue;
      const focus = old.contains(document.activeElement) && document.activeElement.id;
      old.replaceWith(document.adoptNode(other));
      if (focus && document.getElementById(focus)) document.getElementById(focus).focus();
    }
    const announce = document.getElementById('announce');
    if (announce && badge() !== was) announce.textContent = 'The state of the key is now: ' + badge();
    const now = fresh.body.dataset.version;
    if (body.dataset.version && now && now !== body.dataset.version) say('changed', 'warn', 'Somebody has changed the settings since you opened this page.', 'Load it again');
    count();
  };
  const look = async () => {
    if (busy || stopped || document.hidden) return;
    busy = true;
    try {
      const answer = await fetch(poll, background);
      if (answer.status === 401 || answer.status === 403) {
        stopped = true;
        say('loggedout', 'warn', 'You are not logged in any more: what you see is not kept up to date.', 'Log in again');
        return;
      }
      if (answer.status === 429) return; // other pages of the user's ask as well
      if (!answer.ok && answer.status !== 503) throw new Error('no answer');
      const text = JSON.stringify(await answer.json(), still);
      if (before !== null && text !== before) await swap();
      before = text;
      failedSince = null;
      unsay('offline');
    } catch {
      failedSince = failedSince || new Date();
      say('offline', 'warn', 'pgseal has not answered since ' + failedSince.toLocaleTimeString() + ': what you see may be old. It is asked again and again.');
    } finally {
      busy = false;
    }
  };
  look();
  setInterval(look, Number(body.dataset.every) || 2000);
  document.addEventListener('visibilitychange', look);
})();
