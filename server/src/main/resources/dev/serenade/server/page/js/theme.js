// Runs before anything is drawn, so that no page flashes in the wrong theme.
(function () {
  try {
    const chosen = localStorage.getItem('serenade.theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // Storage may be forbidden; the system's theme holds.
  }
})();
