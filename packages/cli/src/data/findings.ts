import { type Finding, HANDLING } from '@wicker/data';
import { printLine, printTable } from '../output.ts';

/** {1} to so many digits: what is told is how far a jump went. */
const DIGITS = 4;

const figure = (value: number): string => (Number.isNaN(value) ? 'unknown' : String(Number(value.toPrecision(DIGITS))));

const detail = (finding: Finding): string => {
  switch (finding.kind) {
    case 'delisting':
      return `last quoted ${finding.lastQuoted}, sold at ${figure(finding.price)} USD`;
    case 'redenomination':
      return `${figure(finding.factor)} new for an old token`;
    case 'supply-jump':
    case 'price-jump':
      return `price x ${figure(finding.priceRatio)}, supply x ${figure(finding.supplyRatio)}`;
    case 'stale-price':
      return `${finding.days} days at ${figure(finding.price)} USD`;
    default:
      return `${finding.days} days to ${finding.to}`;
  }
};

/** The findings as a table, and what is done about each kind that occurs. */
export const printFindings = (findings: readonly Finding[]): void => {
  printTable(
    ['asset', 'day', 'finding', ''],
    findings.map((finding) => [finding.id, finding.from, finding.kind, detail(finding)]),
  );
  printLine();
  for (const kind of new Set(findings.map((finding) => finding.kind))) printLine(`${kind}: ${HANDLING[kind]}`);
};
