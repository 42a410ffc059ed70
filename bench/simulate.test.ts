import { describe, expect, it } from 'vitest';
import { measureSimulation, simulationTable, sweepTable } from './simulate.ts';

describe('the benchmark of the simulator', () => {
  it('measures a small scenario and says what its policies cost', () => {
    const figures = measureSimulation({
      ...{ name: 'small', days: 1, stepSeconds: 600 },
      assets: ['a', 'b'].map((id) => ({ id, price: 10, volatility: 1, pools: [1e6] })),
      indices: { count: 1, assets: [2, 3], value: [500_000, 500_000] },
      agents: [{ kind: 'searcher', name: 'searcher' }],
      policies: [{ name: 'clock' }],
    });
    expect(figures.agentDays).toBe(1);
    expect(Math.min(figures.wall, figures.processor)).toBeGreaterThan(0);
    expect(simulationTable([figures])).toContain('clock');
    expect(sweepTable([])).toContain('hostile worst');
  });
});
