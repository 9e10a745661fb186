// What the server tells as it happens: revisions and findings. A tab that nobody sees does not listen, because a
// browser keeps only six connections to one server; when it is seen again it is told where things stand.
(() => {
  'use strict';
  const polku = window.polku;
  let events, again, isAway = false;

  function listen() {
    if (events || document.hidden) return;
    events = new EventSource('/_polku/events');
    events.addEventListener('open', () => away(false));
    events.addEventListener('revision', (event) => polku.emit('revision', Number(event.data)));
    events.addEventListener('findings', (event) => polku.emit('findings', Number(event.data)));
    events.addEventListener('error', () => {
      away(true);
      if (events && events.readyState === EventSource.CLOSED) retry();
    });
  }

  // A browser does not ask again where it was refused.
  function retry() {
    stop();
    clearTimeout(again);
    again = setTimeout(listen, 2000);
  }

  function stop() {
    if (events) events.close();
    events = undefined;
  }

  function away(now) {
    if (now === isAway) return;
    isAway = now;
    polku.emit(now ? 'away' : 'back');
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
  addEventListener('pagehide', stop);
  addEventListener('pageshow', listen);
  listen();
})();
