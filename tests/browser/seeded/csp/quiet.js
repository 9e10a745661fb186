document.title += " ja hyvä";
