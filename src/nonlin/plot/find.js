// Hides the pictures whose name and words do not hold what is typed.
"use strict";
(() => {
  const box = document.getElementById("find");
  const sections = [...document.querySelectorAll("section")];
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const section of sections) {
      const cells = [...section.querySelectorAll("figure")];
      for (const cell of cells) cell.hidden = !cell.dataset.words.includes(wanted);
      section.hidden = cells.every((cell) => cell.hidden);
    }
  });
})();
