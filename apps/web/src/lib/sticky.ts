import { type RefObject, useEffect, useRef } from 'react';

/** {px} below the header, and above the lower edge of the window */
const TOP = 88;
const BOTTOM = 20;

/**
 * Keeps a column in sight while the one beside it scrolls. One that is higher than the window scrolls to its end first: its
 * `--sticky-top` is where its lower edge meets the window's.
 */
export const useStickyTop = <T extends HTMLElement>(): RefObject<T | null> => {
  const column = useRef<T>(null);
  useEffect(() => {
    const element = column.current;
    if (element === null) return;
    const place = (): void => {
      const top = Math.min(TOP, window.innerHeight - element.offsetHeight - BOTTOM);
      element.style.setProperty('--sticky-top', `${top}px`);
    };
    const observer = new ResizeObserver(place);
    observer.observe(element);
    window.addEventListener('resize', place);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
    };
  }, []);
  return column;
};
