import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light';

const KEY = 'wicker-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

const chosen = (): Theme | undefined => {
  const theme = document.documentElement.dataset.theme;
  return theme === 'dark' || theme === 'light' ? theme : undefined;
};

const current = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light');

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
};

/** Shows a theme and remembers it; where storage is closed, until the page is left. */
export const chooseTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // the choice lasts as long as the page
  }
  for (const listener of listeners) listener();
};

/** The theme that is shown: the chosen one, else the system's. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, current);
