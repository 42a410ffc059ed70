import { type FlowState, flowWords, type StepState } from '../trade/flow.ts';

const SIGNS: Readonly<Record<StepState, string>> = {
  todo: '\u25CB',
  wallet: '\u25D4',
  chain: '\u25D1',
  done: '\u2713',
  failed: '\u2717',
};
const WORDS: Readonly<Record<StepState, string>> = {
  todo: 'to do',
  wallet: 'confirm in your wallet',
  chain: 'waiting for the chain',
  done: 'done',
  failed: 'not done',
};

/** The steps of a transaction, what went wrong, and what came of it. */
export const FlowView = ({ state, onDone }: { readonly state: FlowState; readonly onDone: () => void }) => {
  const { steps, problem, outcome } = state;
  const done = steps.filter((step) => step.state === 'done').length;
  return (
    <>
      {/* Always there, so that screen readers notice what comes into it. */}
      <output className="visually-hidden" aria-label="Transaction">
        {flowWords(state)}
      </output>
      {steps.length > 0 && outcome === undefined && (
        <div className="flow">
          <p className="small muted">
            {done} of {steps.length} done
          </p>
          <ol aria-label="Steps" className="steps">
            {steps.map((step) => (
              <li key={step.label} className={`step ${step.state}`}>
                <span aria-hidden="true">{SIGNS[step.state]}</span> {step.label}
                <span className="end small">{WORDS[step.state]}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {problem !== undefined && (
        <div role="alert" className="problem">
          <p className="strong">{problem.title}</p>
          <p>{problem.hint}</p>
        </div>
      )}
      {outcome !== undefined && (
        <section aria-label="Result" className="outcome">
          <p className="strong">
            <span aria-hidden="true">{'\u2713 '}</span>
            {outcome.title}
          </p>
          <dl className="facts">
            {outcome.lines.map(({ label, value }) => (
              <div key={label} className="contents">
                <dt>{label}</dt>
                <dd title={value}>
                  {value.startsWith('0x') ? `${value.slice(0, 10)}\u2026${value.slice(-6)}` : value}
                </dd>
              </div>
            ))}
          </dl>
          <button type="button" className="button" onClick={onDone}>
            Done
          </button>
        </section>
      )}
    </>
  );
};
