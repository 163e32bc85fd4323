setUpPage({filter: "standing", wordsOf: row => row.textContent});
