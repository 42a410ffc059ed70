// A browser wallet as the page meets it (EIP-1193, announced by EIP-6963). It runs in the page; the test decides what it answers, by the
// function `testWallet` that it puts there.
(() => {
  const listeners = new Map();
  const provider = {
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return provider;
    },
    removeListener: (event, listener) => {
      listeners.set(
        event,
        (listeners.get(event) ?? []).filter((one) => one !== listener),
      );
      return provider;
    },
    request: async ({ method, params = [] }) => {
      const { result, error, events = [] } = await window.testWallet(method, params);
      for (const [event, value] of events) for (const listener of listeners.get(event) ?? []) listener(value);
      if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
      return result;
    },
  };
  const icon =
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="teal"/></svg>';
  const info = { uuid: '9c2b7ad0-5a2f-4b43-8a2e-5f8f6d3f0a11', name: 'Test Wallet', icon, rdns: 'dev.wicker.test' };
  const detail = Object.freeze({ info: Object.freeze(info), provider });
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
})();
