import { InputError } from '@wicker/core';
import { checkTable, dailyCsv, readDailyTable } from '@wicker/data';
import {
  collectPrices,
  openChain,
  parseAttestText,
  parseVenuesText,
  readFacts,
  universeFile,
} from '@wicker/data/collect';
import type { Command } from 'commander';
import { printFindings } from '../data/findings.ts';
import { readIds } from '../data/ids-file.ts';
import {
  openCoinGecko,
  openService,
  type ServiceOptions,
  tellProgress,
  wholeNumber,
  withServices,
} from '../data/services.ts';
import { inContext, nameOf, readText } from '../input.ts';
import { printJson, printLine } from '../output.ts';
import { writeText } from '../output-file.ts';

const IDS = ['--ids <file>', 'CoinGecko ids, one a line; - is standard input'] as const;

export function register(program: Command): void {
  const data = program.command('data').description('get the figures that methodologies work on, and check them');
  withServices(data.command('prices'))
    .description('get daily prices and market caps; a second run of the day goes on where the first was interrupted')
    .requiredOption(...IDS)
    .requiredOption('--from <day>', 'first UTC day, YYYY-MM-DD')
    .requiredOption('--to <day>', 'last UTC day')
    .requiredOption('--out <file>', 'CSV to write, for back-tests')
    .addHelpText(
      'after',
      '\nExample:\n  wicker data prices --ids ids.txt --from 2023-01-01 --to 2023-12-31 --out prices.csv\n',
    )
    .action(prices);
  withServices(data.command('universe'))
    .description('make a universe file of the figures of today and what people attest')
    .requiredOption(...IDS)
    .requiredOption(
      '--attest <file>',
      'sources, attestations and figures of people, such as data/universes/attest.jsonc',
    )
    .requiredOption('--out <file>', 'universe file to write')
    .option('--rpc <url>', 'node to read liquidity and price impact from; without it both have to be attested')
    .option('--venues <file>', 'exchanges to read there, such as data/venues/ethereum.jsonc')
    .option('--history-days <n>', 'days of prices to ask for', '365')
    .option('--defillama <url>', 'where the API of DefiLlama is', 'https://api.llama.fi')
    .addHelpText(
      'after',
      '\nExample:\n  wicker data universe --ids ids.txt --attest attest.jsonc --out universe.json' +
        ' --rpc http://127.0.0.1:8545 --venues data/venues/ethereum.jsonc\n',
    )
    .action(universe);
  data
    .command('check')
    .description('say what is odd about daily prices, and what a back-test does about it')
    .argument('<prices>', 'daily prices: CSV (date,id,price_usd,market_cap_usd,...), also as .gz, or Parquet')
    .option('--json', 'print one JSON document')
    .action(check);
}

type PriceOptions = ServiceOptions & {
  readonly ids: string;
  readonly from: string;
  readonly to: string;
  readonly out: string;
};

async function prices({ ids: idsPath, from, to, out, ...services }: PriceOptions): Promise<void> {
  const ids = readIds(idsPath);
  const table = await collectPrices(openCoinGecko(services), ids, { from, to }, tellProgress);
  writeText(out, dailyCsv(table));
  const count = table.price.reduce((sum, price) => sum + (price > 0 ? 1 : 0), 0);
  printLine(`${out}: ${count} prices of ${ids.length} assets, ${from} to ${to}`);
  const findings = checkTable(table);
  if (findings.length === 0) return;
  printLine();
  printFindings(findings);
}

type UniverseOptions = ServiceOptions & {
  readonly ids: string;
  readonly attest: string;
  readonly out: string;
  readonly rpc?: string;
  readonly venues?: string;
  readonly historyDays: string;
  readonly defillama: string;
};

async function universe(options: UniverseOptions): Promise<void> {
  const { out, rpc, venues, historyDays } = options;
  const ids = readIds(options.ids);
  const attest = readJsonc(options.attest, parseAttestText);
  if ((rpc === undefined) !== (venues === undefined)) {
    throw new InputError('USAGE', '--rpc and --venues go together', 'Give both, or neither.');
  }
  const known = venues === undefined ? undefined : readJsonc(venues, parseVenuesText);
  const coinGecko = openCoinGecko(options);
  const sources = {
    ...{ coinGecko, historyDays: wholeNumber('--history-days', historyDays), tradeUsd: attest.priceImpactTradeUsd },
    defiLlama: openService('DefiLlama', options.defillama, options),
    chain: known === undefined || rpc === undefined ? undefined : { reader: await openChain(rpc), venues: known },
  };
  const facts = await readFacts(sources, ids, tellProgress);
  const file = inContext(nameOf(options.attest), () =>
    universeFile(attest, facts, coinGecko.today(), sources.chain?.reader.blockNumber),
  );
  writeText(out, `${JSON.stringify(file, null, 2)}\n`);
  printLine(`${out}: universe ${attest.id} of ${ids.length} assets, ${coinGecko.today()}`);
}

async function check(path: string, { json }: { readonly json?: boolean }): Promise<void> {
  const table = await readDailyTable(path);
  const findings = checkTable(table);
  if (json) return printJson({ from: table.days[0], to: table.days.at(-1), ids: table.ids, findings });
  printLine(
    `${path}: ${table.ids.length} assets, ${table.days[0]} to ${table.days.at(-1)}, ${findings.length} findings`,
  );
  if (findings.length === 0) return;
  printLine();
  printFindings(findings);
}

function readJsonc<T>(path: string, parse: (text: string) => T): T {
  const text = readText(path);
  return inContext(nameOf(path), () => parse(text));
}
