import { join } from 'node:path';
import type { Command } from 'commander';
import { inContext, nameOf } from '../input.ts';
import { decisionReport } from '../lab/decision-report.ts';
import { type MethodologyOptions, readInputs, withInputs } from '../lab/inputs.ts';
import { reportPage } from '../lab/report-page.tsx';
import { printJson, printLine } from '../output.ts';
import { writeText } from '../output-file.ts';

type Options = MethodologyOptions & { readonly out?: string; readonly json?: boolean };

/** Where pages go that nobody named: beside what the devnet keeps, out of the way of a checkout. */
const FOLDER = join('.wicker', 'reports');

export function register(program: Command): void {
  withInputs(program.command('report'))
    .description('write every decision on a universe as one HTML page, with the facts, their sources and the hash')
    .option('--out <file>', `where the page goes (default: ${FOLDER}/<universe>-<methodology>.html)`)
    .option('--json', 'print one JSON document, and write no page unless --out says where')
    .addHelpText(
      'after',
      '\nExample:\n  wicker report data/universes/pdi-2023-05.json --methodology data/methodologies/pdi.jsonc\n',
    )
    .action(run);
}

function run(path: string, { out, json = false, ...options }: Options): void {
  const inputs = readInputs(path, options);
  const report = inContext(nameOf(path), () => decisionReport(inputs));
  const { universe, methodology, included, excluded, hash } = report;
  const page = out ?? (json ? undefined : join(FOLDER, `${universe.id}-${methodology.id}.html`));
  if (page !== undefined) writeText(page, reportPage(report));
  if (json) printJson(report);
  else {
    printLine(`${universe.id} by ${methodology.id}: ${included.length} in the index, ${excluded.length} left out`);
    printLine(`hash  ${hash}`);
    printLine(`page  ${page}`);
  }
}
