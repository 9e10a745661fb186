// Ticks of a checklist and of an onboarding path, and the day on which that begins. They are kept in this
// browser only, under the handbook and the list; without this script a box can be ticked but is forgotten.
(function () {
  "use strict";
  var list = document.querySelector("[data-pk-ticks]");
  if (!list) return;
  var place = new URL(list.dataset.pkRoot || ".", location.href).pathname;
  var key = "pk-ticks " + place + " " + list.dataset.pkTicks;
  var bar = list.querySelector("[data-pk-ticked]"), told = list.querySelector("[data-pk-done]");
  var form = list.querySelector("[data-pk-start]");
  var start = form && form.querySelector("input");

  function boxes() { return Array.from(list.querySelectorAll("input[type=checkbox]")); }

  // A browser may forbid to keep anything.
  function kept() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { return {}; }
  }
  function keep() {
    var ticked = boxes().filter(function (box) { return box.checked; }).map(function (box) { return box.id; });
    var day = start ? start.value : "";
    try {
      if (ticked.length || day) localStorage.setItem(key, JSON.stringify({ ticked: ticked, start: day }));
      else localStorage.removeItem(key);
    } catch (error) { /* Then it lasts as long as the page. */ }
    tell(ticked.length);
  }
  function tell(done) {
    told.textContent = told.dataset.pkDone.replace("{n}", done).replace("{all}", boxes().length);
  }

  // The nth working day, Monday to Friday; public holidays are not known here.
  function workingDay(first, n) {
    var day = new Date(first.getTime());
    while (day.getDay() % 6 === 0) day.setDate(day.getDate() + 1);
    // Whole weeks at once: the number may be a slip of the keyboard.
    day.setDate(day.getDate() + 7 * Math.floor((n - 1) / 5));
    for (n = (n - 1) % 5; n > 0; n--) day.setDate(day.getDate() + (day.getDay() === 5 ? 3 : 1));
    return day;
  }
  function dates() {
    var numbers = start.value.split("-").map(Number), given = numbers.length === 3;
    list.querySelectorAll("[data-pk-day]").forEach(function (place) {
      var day = given && workingDay(new Date(numbers[0], numbers[1] - 1, numbers[2]), Number(place.dataset.pkDay));
      place.hidden = !given || isNaN(day);
      if (place.hidden) return;
      place.textContent = day.toLocaleDateString(document.documentElement.lang + "-FI", { weekday: "short", day: "numeric", month: "numeric", year: "numeric" });
    });
  }

  function tick() {
    var ticked = kept().ticked || [];
    boxes().forEach(function (box) { box.checked = ticked.includes(box.id); });
    tell(ticked.length);
  }

  list.addEventListener("change", keep);
  // A preview patches the list in place; what cannot be kept stays as it is ticked.
  addEventListener("pk-changed", function () {
    if (kept().ticked) tick();
    else tell(boxes().filter(function (box) { return box.checked; }).length);
    if (start) dates();
  });
  list.querySelector("[data-pk-clear]").addEventListener("click", function () {
    boxes().forEach(function (box) { box.checked = false; });
    keep();
  });
  if (start) {
    start.value = kept().start || "";
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    start.addEventListener("change", dates);
    dates();
  }
  bar.hidden = false;
  tick();
})();
