import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidTableError } from '../errors.ts';
import { numberOf } from './decimal-text.ts';
import { readDailyCsv } from './read-csv.ts';
import { readDailyTable } from './read-daily-table.ts';
import { dailyCsv } from './write-csv.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readDailyCsv(bytes(text), 'prices.csv');
const HEADING = 'date,id,price_usd,market_cap_usd';

/** What is wrong with a text. */
const faultsOf = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InvalidTableError) return error.faults;
    throw error;
  }
  return [];
};

const PLAIN = `${HEADING}
2023-01-01,aave,50.5,1000
2023-01-01,uniswap,5,
2023-01-03,aave,51,1100.25
`;

const EXPECTED = {
  days: ['2023-01-01', '2023-01-02', '2023-01-03'],
  ids: ['aave', 'uniswap'],
  price: Float64Array.of(50.5, 5, Number.NaN, Number.NaN, 51, Number.NaN),
  marketCap: Float64Array.of(1000, Number.NaN, Number.NaN, Number.NaN, 1100.25, Number.NaN),
};

describe('readDailyCsv', () => {
  it('gives every day between the first and the last, and says what is missing', () => {
    expect(read(PLAIN)).toEqual(EXPECTED);
  });

  it('reads a byte order mark, CR LF, quotes, empty lines, and no line end at the end', () => {
    const quoted = PLAIN.replace('aave', '"aave"').replace('50.5', '"50.5"');
    expect(read(`\ufeff${quoted.trimEnd().replaceAll('\n', '\r\n\r\n')}`)).toEqual(EXPECTED);
  });

  it('reads columns and rows in any order', () => {
    const [heading = '', ...rows] = PLAIN.trim().split('\n');
    const turned = [heading, ...rows.reverse()].map((line) => line.split(',').reverse().join(',')).join('\n');
    expect(read(turned)).toEqual(EXPECTED);
  });

  it('reads the optional figures that are there', () => {
    const table = read(`max_supply,${HEADING},liquidity_usd\n16000000,2023-01-01,aave,50,1000,7e6\n`);
    expect(table.maxSupply).toEqual(Float64Array.of(16_000_000));
    expect(table.liquidity).toEqual(Float64Array.of(7_000_000));
    expect(table).not.toHaveProperty('totalSupply');
  });

  it('reads a row with a net yield and no price', () => {
    const table = read(`${HEADING},net_yield\n2023-01-01,pt,,5,0.04\n2023-01-01,aave,50,1000,\n2023-01-02,pt,1,5,0\n`);
    expect(table.netYield).toEqual(Float64Array.of(Number.NaN, 0.04, Number.NaN, 0));
    expect(table.price).toEqual(Float64Array.of(50, Number.NaN, Number.NaN, 1));
    expect(read(dailyCsv(table))).toEqual(table);
    expect(faultsOf(`${HEADING},net_yield\n2023-01-01,pt,,5,\n`)).toMatchObject([{ line: 2, column: 'price_usd' }]);
    expect(faultsOf(`${HEADING},net_yield\n2023-01-01,pt,1,5,-0.1\n`)).toMatchObject([
      { line: 2, column: 'net_yield', found: "'-0.1'" },
    ]);
  });

  it.each([
    ['2023-02-29,aave,1,2', { column: 'date', found: "'2023-02-29'" }],
    ['01/02/2023,aave,1,2', { column: 'date', found: "'01/02/2023'" }],
    ['0023-01-01,aave,1,2', { column: 'date', found: "'0023-01-01'" }],
    ['2023-01-02,,1,2', { column: 'id', found: 'nothing' }],
    ['2023-01-02,a ave,1,2', { column: 'id', found: "'a ave'" }],
    ['2023-01-02,aave,-1,2', { column: 'price_usd', found: "'-1'" }],
    ['2023-01-02,aave,0,2', { column: 'price_usd', found: "'0'" }],
    ['2023-01-02,aave,,2', { column: 'price_usd', found: 'nothing' }],
    ['2023-01-02,aave,NaN,2', { column: 'price_usd', found: "'NaN'" }],
    ['2023-01-02,aave,1e999,2', { column: 'price_usd', found: "'1e999'" }],
    ['2023-01-02,aave,1,-2', { column: 'market_cap_usd', found: "'-2'" }],
    ['2023-01-02,aave,1,unknown', { column: 'market_cap_usd', found: "'unknown'" }],
    ['2023-01-02,aave,1', { expected: '4 fields', found: '3' }],
    ['2023-01-02,aave,1,2,3', { expected: '4 fields', found: 'more' }],
    ['2023-01-02,"aave"x,1,2', { column: 'id', expected: 'quotes around a whole field, doubled inside' }],
    ['2023-01-01,aave,3,4', { column: 'id', found: "'aave' of 2023-01-01 again, as in line 2" }],
  ])('names line, column and what was expected: %s', (row, fault) => {
    expect(faultsOf(`${HEADING}\n2023-01-01,aave,50,1000\n${row}\n`)).toMatchObject([{ line: 3, ...fault }]);
  });

  it('names the line also behind a field of two lines and an unclosed quote', () => {
    expect(faultsOf(`${HEADING}\n2023-01-01,"aa\nve",50,1000\n2023-01-01,aave,x,1000\n`)).toMatchObject([
      { line: 2, column: 'id' },
      { line: 4, column: 'price_usd', found: "'x'" },
    ]);
    expect(faultsOf(`${HEADING}\n2023-01-01,"aave,50,1000\n`)[0]).toMatchObject({ line: 2, column: 'id' });
  });

  it('names columns that are unknown, double or missing, and a file without rows', () => {
    expect(faultsOf('date,id,price,date,price_usd\n')).toMatchObject([
      { line: 1, column: "'price'", found: 'an unknown column' },
      { line: 1, column: 'date', found: 'it twice' },
      { line: 1, column: 'market_cap_usd', found: 'none' },
    ]);
    expect(faultsOf('')).toHaveLength(4);
    expect(faultsOf(`${HEADING}\n`)).toMatchObject([{ expected: 'rows', found: 'none' }]);
  });

  it('says all in one message with a code, and stops after ten faults', () => {
    expect(() => read(`${HEADING}\n${'2023-01-01,aave,0,1\n'.repeat(100)}`)).toThrow(
      expect.objectContaining({
        code: 'INVALID_TABLE',
        message: expect.stringMatching(
          /^prices\.csv: line 2, column price_usd: expected a price above 0.*; the rest was not read$/,
        ),
        faults: expect.objectContaining({ length: 10 }),
      }),
    );
  });

  it('reads back what it wrote', () => {
    expect(read(dailyCsv(EXPECTED))).toEqual(EXPECTED);
  });
});

describe('numberOf', () => {
  const parse = (text: string): number => numberOf(bytes(text), 0, text.length);

  it('finds the same double as Number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), (value) => {
        expect(parse(String(value))).toBe(value + 0 === 0 ? Number(String(value)) : value);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,18}(\.\d{1,18})?$/), (text) => {
        expect(parse(text)).toBe(Number(text));
      }),
    );
  });

  it.each(['', '.', '1.', '.5', '1.2.3', '0x10', ' 1', 'Infinity', '1e', '١'])('refuses %j', (text) => {
    expect(numberOf(bytes(text), 0, bytes(text).length)).toBeNaN();
  });
});

describe('readDailyTable', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wicker-data-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, content: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const parquet = (columns: Parameters<typeof parquetWriteBuffer>[0]['columnData']): Uint8Array =>
    new Uint8Array(parquetWriteBuffer({ columnData: columns, rowGroupSize: 2 }));
  const COLUMNS = [
    { name: 'date', data: ['2023-01-01', '2023-01-01', '2023-01-03'] },
    { name: 'id', data: ['aave', 'uniswap', 'aave'] },
    { name: 'price_usd', data: [50.5, 5, 51], type: 'DOUBLE' as const },
    { name: 'market_cap_usd', data: [1000, null, 1100.25], type: 'DOUBLE' as const, nullable: true },
  ];

  it('reads plain and packed CSV and Parquet alike', async () => {
    expect(await readDailyTable(file('a.csv', bytes(PLAIN)))).toEqual(EXPECTED);
    expect(await readDailyTable(file('a.csv.gz', gzipSync(PLAIN)))).toEqual(EXPECTED);
    expect(await readDailyTable(file('a.parquet', parquet(COLUMNS)))).toEqual(EXPECTED);
  });

  it('reads dates of Parquet as timestamps, and integers as figures', async () => {
    const data = ['2023-01-01', '2023-01-01', '2023-01-03'].map((day) => new Date(`${day}T00:00:00Z`));
    const [, id, price] = COLUMNS;
    if (id === undefined || price === undefined) throw new Error('no columns');
    const table = await readDailyTable(
      file(
        'b.parquet',
        parquet([{ name: 'date', data, type: 'TIMESTAMP' }, id, price, { name: 'market_cap_usd', data: [1n, 2n, 3n] }]),
      ),
    );
    expect(table.days).toEqual(EXPECTED.days);
    expect(table.marketCap[1]).toBe(2);
  });

  it('wants a price or a net yield in Parquet, too', async () => {
    const data = [null, 5, 51];
    const priced = COLUMNS.map((column) =>
      column.name === 'price_usd' ? { ...column, data, nullable: true } : column,
    );
    await expect(readDailyTable(file('d.parquet', parquet(priced)))).rejects.toMatchObject({
      faults: [{ line: 1, column: 'price_usd', found: 'nothing' }],
    });
    const yields = { name: 'net_yield', data: [0.04, null, null], type: 'DOUBLE' as const, nullable: true };
    const table = await readDailyTable(file('e.parquet', parquet([...priced, yields])));
    expect(table.price[0]).toBeNaN();
    expect(table.netYield?.[0]).toBe(0.04);
  });

  it('refuses Parquet whose columns are shorter or longer than it says', async () => {
    const whole = parquet(COLUMNS);
    const messages = new Set<string>();
    // The number of rows stands somewhere in the description at the end: a bit of it is turned.
    const description = new DataView(whole.buffer).getUint32(whole.length - 8, true);
    for (let at = whole.length - 8 - description; at < whole.length - 8; at += 1) {
      const damaged = whole.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 2;
      await readDailyTable(file('f.parquet', damaged)).catch((error: unknown) => {
        expect(error).toBeInstanceOf(InvalidTableError);
        messages.add(String(error));
      });
    }
    expect([...messages].some((message) => /column price_usd: expected \d+ rows, found 3/.test(message))).toBe(true);
  });

  it('names row and column of what is wrong in Parquet', async () => {
    const wrong = COLUMNS.map((column) => (column.name === 'price_usd' ? { ...column, data: [50.5, 0, 51] } : column));
    await expect(readDailyTable(file('c.parquet', parquet(wrong)))).rejects.toMatchObject({
      code: 'INVALID_TABLE',
      faults: [{ line: 2, column: 'price_usd', found: "'0'" }],
    });
  });

  it('says what is no such file', async () => {
    await expect(readDailyTable(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'UNREADABLE_FILE' });
    const cut = gzipSync(PLAIN).subarray(0, 40);
    await expect(readDailyTable(file('cut.csv.gz', cut))).rejects.toMatchObject({ code: 'INVALID_TABLE' });
    const broken = parquet(COLUMNS).subarray(0, 200);
    await expect(readDailyTable(file('cut.parquet', broken))).rejects.toMatchObject({ code: 'INVALID_TABLE' });
  });
});
