setUpPage({
  filter: "status",
  wordsOf: row => all("th, .status, .inserts", row).map(cell => cell.textContent)
    .concat(row.dataset.slug).join(" "),
});
