import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** The log of a keeper: a line for each decision, transaction and trouble, on standard output. */
export const createLog = ({ json }: { readonly json: boolean }): Logger => {
  const options = { base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return json ? pino(options, pino.destination({ sync: true })) : pino(options, pretty({ sync: true }));
};

/** For those who do not want to hear. */
export const silent: Logger = pino({ level: 'silent' });
