// uPlot asks for the browser's number format while it is loaded. Under the C locale a browser calls its
// language "en-US@posix", which is no language tag: uPlot would not load, and nothing would be drawn.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true });
}
