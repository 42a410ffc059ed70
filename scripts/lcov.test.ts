import { describe, expect, it } from 'vitest';
import { type FileCoverage, parseLcov, partOf, renderLcov, withAssembly } from './lcov.ts';

const TRACE = `TN:
SF:contracts/src/A.sol
DA:3,7
DA:4,0
DA:4,2
DA:5,0
DA:6,0
DA:9,0
BRDA:4,0,0,-
BRDA:4,0,1,2
end_of_record
`;
const only = (files: readonly FileCoverage[]): FileCoverage => {
  const [file] = files;
  if (file === undefined) throw new Error('no file');
  return file;
};
const hits = ({ lines }: FileCoverage): Record<string, number> => Object.fromEntries(lines);

describe('a tracefile of lcov', () => {
  it('tells parts and what was not reached', () => {
    const file = only(parseLcov(TRACE));
    expect(file.path).toBe('contracts/src/A.sol');
    expect(partOf(file)).toEqual({
      ...{ lines: { hit: 2, all: 5 }, branches: { hit: 1, all: 2 } },
      missed: '4-6, 9',
    });
    expect(parseLcov(renderLcov([file]))).toEqual([file]);
  });
});

describe('statements of inline assembly', () => {
  const source = [
    'function f(uint256 x) internal {',
    '  uint256 y = x;',
    '  assembly ("memory-safe") {',
    '    y := add(y, 1)',
    '    if gt(y, 2) {',
    '      y := 2',
    '    }',
    '    mstore(0, y) // {',
    '  }',
    '  y = 3;',
    '}',
  ];
  const file = (lines: readonly (readonly [number, number])[]): FileCoverage => ({
    ...{ path: 'A.sol', lines: new Map(lines), branches: [] },
  });

  it('run as often as the statement before the block, but for those in its own conditions', () => {
    const measured = file([1, 2, 4, 5, 6, 8, 10].map((line) => [line, line < 4 || line === 10 ? 5 : 0]));
    expect(hits(withAssembly(measured, source))).toEqual({ 1: 5, 2: 5, 4: 5, 5: 5, 6: 0, 8: 5, 10: 5 });
  });

  it('are left alone right after a condition', () => {
    const conditional = source.with(1, '  if (x > 1) {');
    const measured = file([1, 2, 4, 8].map((line) => [line, line < 4 ? 5 : 0]));
    expect(hits(withAssembly(measured, conditional))).toEqual({ 1: 5, 2: 5, 4: 0, 8: 0 });
  });

  it('keep what was measured', () => {
    expect(
      hits(
        withAssembly(
          file([
            [2, 5],
            [4, 3],
          ]),
          source,
        ),
      ),
    ).toEqual({ 2: 5, 4: 3 });
  });
});
