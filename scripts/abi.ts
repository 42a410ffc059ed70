import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { OUT, ROOT } from './paths.ts';

/** Which contracts' ABIs each package gets, typed, in its `src/abi.generated.ts`. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  sdk: ['Vault', 'Index', 'IndexFactory', 'PriceFeed', 'Rebalancer', 'Router', 'Authority', 'AssetList', 'Managed'],
  devnet: ['DevToken', 'DevAggregator', 'DevFeedProxy'],
};

const HEADER = `// Written by scripts/abi.ts from the compiled contracts; \`npm run compile\` rewrites it.
import type { Abi } from 'viem';
`;

const itemSchema = z.looseObject({ type: z.string(), name: z.string().optional() });
const artifactSchema = z.object({ abi: z.array(itemSchema) });
type Item = z.infer<typeof itemSchema>;

const readAbi = (contract: string): readonly Item[] | undefined => {
  const path = join(OUT, `${contract}.sol`, `${contract}.json`);
  return existsSync(path) ? artifactSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).abi : undefined;
};

const lines = (items: readonly string[]): string => items.map((item) => `  ${item},\n`).join('');

/** `IndexFactory` -> `indexFactoryAbi` */
const constant = (contract: string): string => `${contract.charAt(0).toLowerCase()}${contract.slice(1)}Abi`;

/** The text of a package's file. An error may come up through several contracts, so every ABI has the errors of all. */
const render = (contracts: readonly string[]): string => {
  const abis = contracts.flatMap((name) => {
    const abi = readAbi(name);
    return abi === undefined ? [] : [{ name, abi }];
  });
  const errors = new Set(
    abis.flatMap(({ abi }) => abi.filter(({ type }) => type === 'error').map((item) => JSON.stringify(item))),
  );
  const blocks = abis.map(({ name, abi }) => {
    const own = abi.filter(({ type }) => type !== 'error').map((item) => JSON.stringify(item));
    return `export const ${constant(name)} = [\n${lines(own)}  ...errorsAbi,\n] as const satisfies Abi;\n`;
  });
  const all = `export const errorsAbi = [\n${lines([...errors].sort())}] as const satisfies Abi;\n`;
  return [HEADER, all, ...blocks].join('\n');
};

/** Writes the typed ABIs of the compiled contracts. Returns the files that changed, relative to the checkout. */
export const writeAbis = (): string[] =>
  Object.entries(PACKAGES).flatMap(([name, contracts]) => {
    const file = join('packages', name, 'src', 'abi.generated.ts');
    const path = join(ROOT, file);
    const text = render(contracts);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) return [];
    writeFileSync(path, text);
    return [file];
  });
