import { Collapsed, Table } from '@wicker/report';
import type { BacktestResult, DataFinding } from '../result.ts';

const ofKinds = (findings: readonly DataFinding[]): readonly (readonly DataFinding[])[] => {
  const kinds = new Map<string, DataFinding[]>();
  for (const finding of findings) kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), finding]);
  return [...kinds.values()];
};

/** What was odd in the data, and what was done about it. */
export const Findings = ({
  result: {
    findings,
    settings: { policy },
  },
}: {
  readonly result: BacktestResult;
}) => (
  <section>
    <h2>Data</h2>
    <p>
      A missing price stands for {policy.maxCarryDays} days at most, the very same price for {policy.maxSameDays}. An
      asset whose prices end then is sold {policy.haircut * 100} % below its last price.
    </p>
    {findings.length === 0 ? (
      <p>Nothing odd was found in the prices.</p>
    ) : (
      <>
        <Table
          caption="What was found in the prices of these days, and what was done about it"
          columns={['kind', 'times', 'assets', 'what was done']}
          words={[3]}
          rows={ofKinds(findings).map((found) => [
            found[0]?.kind ?? '',
            String(found.length),
            String(new Set(found.map(({ id }) => id)).size),
            found[0]?.handling ?? '',
          ])}
        />
        <Collapsed title={`Every finding: ${findings.length}`}>
          <Table
            caption="By asset and day"
            columns={['asset', 'kind', 'from', 'to', 'what was found']}
            words={[1, 2, 3, 4]}
            rows={findings.map(({ id, kind, from, to, text }) => [id, kind, from, to, text])}
          />
        </Collapsed>
      </>
    )}
  </section>
);
