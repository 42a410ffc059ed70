import { describe, expect, it } from 'vitest';
import { labTableText, measureLab } from './lab.ts';

describe('the benchmark of the methodology lab', () => {
  it('measures a small case from its file to the sweep on two threads', async () => {
    const told: string[] = [];
    const figures = await measureLab((text) => told.push(text), { tokens: 50, days: 120, assets: 30 });
    expect(figures.scenarios).toBe(1_000);
    expect(figures.failed).toBeLessThan(1_000);
    for (const { wall } of [figures.determination, figures.read, figures.cold, figures.warm, figures.sweep]) {
      expect(wall).toBeGreaterThan(0);
    }
    expect(told).toHaveLength(4);
    expect(labTableText(figures)).toContain('1000 scenarios on two threads');
  });
});
