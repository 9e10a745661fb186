// A decision guide, one question at a time. Nothing is stored, sent or put into the address: what has been
// answered lives as long as the page is open.
(function () {
  "use strict";
  var guide = document.querySelector("[data-pk-guide]");
  if (!guide) return;
  var mode = guide.dataset.pkGuide;
  var questions, ends;
  gather();
  var parts = { questions: one(".pk-guide-questions"), outcomes: one(".pk-guide-outcomes"), said: one("[data-pk-said]") };
  var tools = one("[data-pk-tools]"), progress = one("[data-pk-progress]"), sum = one("[data-pk-sum]");
  var title = one("#_outcomes"), toggle = one("[data-pk-whole]");
  if (!questions.length || !ends.length) return;
  var titles = [title.textContent, title.dataset.pkOne], toggles = [toggle.textContent, toggle.dataset.pkWhole];
  // The answers so far, each with its question.
  var said = [];

  function gather() {
    questions = all("[data-pk-question]");
    ends = all("[data-pk-end]");
  }
  function one(what) { return guide.querySelector(what); }
  function all(what) { return Array.from(guide.querySelectorAll(what)); }
  function points(answer) { return Number(answer.dataset.pkPoints || 0); }

  // Where the answers lead: a question, or outcomes; the points of all of them.
  function next() {
    var last = said[said.length - 1];
    if (!last) return { question: questions[0] };
    var to = last.answer.dataset, at = questions.indexOf(last.question);
    if (to.pkOutcome) return { end: document.getElementById(to.pkOutcome) };
    if (mode === "tree") return { question: document.getElementById(to.pkNext) };
    if (at + 1 < questions.length) return { question: questions[at + 1] };
    return { end: ends.find(mode === "any" ? isOtherwise : holds) };
  }
  function total() {
    return said.reduce(function (all, step) { return all + points(step.answer); }, 0);
  }
  function isOtherwise(end) { return "pkOtherwise" in end.dataset; }
  function holds(end) {
    var from = end.dataset.pkFrom, to = end.dataset.pkTo;
    return from !== undefined && total() >= Number(from) && (to === undefined || total() <= Number(to));
  }
  function added() {
    return said.map(function (step) { return step.answer.dataset.pkAdds; }).filter(Boolean);
  }

  function show(focus) {
    var to = next();
    if (!to.question && !to.end) return showAll();
    guide.classList.add("pk-guide-asking");
    parts.questions.hidden = !to.question;
    parts.outcomes.hidden = parts.said.hidden = !to.end;
    questions.forEach(function (question) { question.hidden = question !== to.question; });
    order(to.end);
    ends.forEach(function (end) {
      var extra = end !== to.end && added().includes(end.id);
      end.hidden = end !== to.end && !extra;
      end.querySelector("[data-pk-added]").hidden = !extra;
    });
    title.textContent = titles[1];
    sum.hidden = mode !== "score";
    sum.textContent = sum.dataset.pkSum.replace("{n}", total());
    progress.textContent = to.end ? "" : words(said.length + 1);
    one("[data-pk-back]").disabled = one("[data-pk-restart]").disabled = !said.length;
    toggle.textContent = toggles[0];
    tell();
    if (focus) look(to.question ? to.question.querySelector("h3") : title);
  }
  // What an answer adds stands behind the outcome it comes on top of.
  function order(first) {
    ends.slice().sort(function (a, b) { return (b === first) - (a === first); }).forEach(function (end) {
      parts.outcomes.append(end);
    });
  }
  function words(n) {
    var pattern = mode === "tree" ? progress.dataset.pkProgress : progress.dataset.pkProgressOf;
    return pattern.replace("{n}", n).replace("{all}", questions.length);
  }
  function look(heading) {
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView({ block: "nearest" });
  }

  function tell() {
    var list = parts.said.querySelector("dl");
    list.textContent = "";
    said.forEach(function (step) {
      var row = document.createElement("div");
      row.append(said_as("dt", step.question.querySelector("h3 > span:nth-of-type(2)")));
      row.append(said_as("dd", step.answer.querySelector("[data-pk-answer]")));
      list.append(row);
    });
  }
  function said_as(tag, from) {
    var copy = document.createElement(tag), own = from.closest("[lang]");
    copy.textContent = from.textContent;
    if (guide.contains(own)) copy.lang = own.lang;
    return copy;
  }

  function showAll() {
    guide.classList.remove("pk-guide-asking");
    [parts.questions, parts.outcomes].concat(questions, ends).forEach(function (part) { part.hidden = false; });
    order();
    all("[data-pk-added]").concat(sum, parts.said).forEach(function (part) { part.hidden = true; });
    title.textContent = titles[0];
    progress.textContent = "";
    one("[data-pk-back]").disabled = one("[data-pk-restart]").disabled = true;
    toggle.textContent = toggles[1];
  }

  // What an address names; a mangled one names nothing.
  function named() {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { return null; }
  }

  // Whoever comes for a certain question or outcome sees the whole guide.
  function follow() {
    var target = named();
    if (!target || !guide.contains(target)) return false;
    showAll();
    target.scrollIntoView();
    return true;
  }

  function offer(answer) {
    var known = answer.previousElementSibling, button = said_as("button", answer.firstElementChild || answer);
    if (known && known.matches(".pk-answer-button")) return void (known.textContent = button.textContent);
    button.type = "button";
    button.className = "pk-answer-button";
    button.addEventListener("click", function () {
      said.push({ question: button.closest("[data-pk-question]"), answer: button.closest("li") });
      show(true);
    });
    answer.before(button);
  }
  all("[data-pk-answer]").forEach(offer);
  // A preview patches the guide in place.
  addEventListener("pk-changed", function () {
    gather();
    all("[data-pk-answer]").forEach(offer);
    said = said.filter(function (step) { return step.answer.isConnected; });
    if (guide.classList.contains("pk-guide-asking")) show(false);
  });
  one("[data-pk-back]").addEventListener("click", function () { said.pop(); show(true); });
  one("[data-pk-restart]").addEventListener("click", function () { said = []; show(true); });
  one("[data-pk-print]").addEventListener("click", function () { print(); });
  toggle.addEventListener("click", function () {
    if (guide.classList.contains("pk-guide-asking")) showAll();
    else show(true);
  });
  addEventListener("hashchange", follow);
  tools.hidden = false;
  if (!follow()) show(false);
})();
