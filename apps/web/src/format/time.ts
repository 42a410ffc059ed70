// Times of the chain, as people say them.

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** {s} -> `2026-11-22 18:20 UTC` */
export const absoluteTime = (at: number): string =>
  `${new Date(at * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** {s} -> `14 min`, `3 h 20 min`, `2 d 4 h`; less than a minute is `under a minute` */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return 'under a minute';
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  const [large, small] = whole < DAY ? [HOUR, MINUTE] : [DAY, HOUR];
  const [first, second] = [Math.floor(whole / large), Math.floor((whole % large) / small)];
  const [unit, part] = whole < DAY ? ['h', 'min'] : ['d', 'h'];
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${part}`;
};

/** {s} of both -> `5 min ago`, `in 3 h`, `now` */
export const relativeTime = (at: number, now: number): string => {
  if (Math.abs(now - at) < MINUTE) return 'now';
  return at < now ? `${duration(now - at)} ago` : `in ${duration(at - now)}`;
};
