import { type Logger, pino } from 'pino';
import * as z from 'zod';

const lineSchema = z.looseObject({ level: z.number(), msg: z.string(), code: z.string().optional() });

/** A log, and what was written into it. */
export const listen = (): { readonly log: Logger; readonly codes: () => (string | undefined)[] } => {
  const lines: z.infer<typeof lineSchema>[] = [];
  const log = pino({ level: 'info' }, { write: (text) => lines.push(lineSchema.parse(JSON.parse(text))) });
  return { log, codes: () => lines.map(({ code }) => code) };
};
