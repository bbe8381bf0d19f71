// After a refused form the list of what to change has the focus, so that it is read first.
document.querySelector(".errors")?.focus();
