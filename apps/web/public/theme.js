// Before the first paint: the theme that the person chose, so that the page does not flash.
try {
  const chosen = localStorage.getItem('wicker-theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
} catch {
  // storage is closed to this page: the system's theme stays
}
