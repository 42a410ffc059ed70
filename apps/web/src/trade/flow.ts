// One transaction after another: what is done, what is under way, what went wrong.
import type { Hash } from 'viem';
import type { Problem } from './problem.ts';

/** wallet: it asks the person. chain: it was sent and is not mined yet. */
export type StepState = 'todo' | 'wallet' | 'chain' | 'done' | 'failed';

export interface StepView {
  /** What it does: `Approve USDC`, `Mint`. */
  readonly label: string;
  readonly state: StepState;
  readonly hash?: Hash;
}

/** What moved, for the person who did it. */
export interface Outcome {
  /** `You minted 995.12 WDI.` */
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

export interface FlowState {
  readonly steps: readonly StepView[];
  readonly problem?: Problem;
  readonly outcome?: Outcome;
}

export type FlowEvent =
  | { readonly kind: 'begin'; readonly labels: readonly string[] }
  | { readonly kind: 'asked'; readonly step: number }
  | { readonly kind: 'sent'; readonly step: number; readonly hash: Hash }
  | { readonly kind: 'mined'; readonly step: number }
  | { readonly kind: 'failed'; readonly step: number; readonly problem: Problem }
  | { readonly kind: 'finished'; readonly outcome: Outcome }
  | { readonly kind: 'reset' };

export const IDLE: FlowState = { steps: [] };

const withStep = (state: FlowState, at: number, change: Partial<StepView>): FlowState => ({
  ...state,
  steps: state.steps.map((step, i) => (i === at ? { ...step, ...change } : step)),
});

/** Numbers the labels that came before: two tokens may have one symbol. */
const apart = (labels: readonly string[]): string[] =>
  labels.map((label, i) => (labels.indexOf(label) === i ? label : `${label} (step ${i + 1})`));

export const flowReducer = (state: FlowState, event: FlowEvent): FlowState => {
  switch (event.kind) {
    case 'begin':
      return { steps: apart(event.labels).map((label) => ({ label, state: 'todo' })) };
    case 'asked':
      return withStep(state, event.step, { state: 'wallet' });
    case 'sent':
      return withStep(state, event.step, { state: 'chain', hash: event.hash });
    case 'mined':
      return withStep(state, event.step, { state: 'done' });
    case 'failed':
      return { ...withStep(state, event.step, { state: 'failed' }), problem: event.problem };
    case 'finished':
      return { ...state, outcome: event.outcome };
    case 'reset':
      return IDLE;
  }
};

/** Whether a transaction is under way. */
export const isBusy = ({ steps, problem, outcome }: FlowState): boolean =>
  steps.length > 0 && problem === undefined && outcome === undefined;

/** Where the flow stands, in a sentence that a screen reader says aloud. */
export const flowWords = (state: FlowState): string => {
  if (state.outcome !== undefined) return `Done: ${state.outcome.title}`;
  const at = state.steps.findIndex((step) => step.state === 'wallet' || step.state === 'chain');
  const step = state.steps[at];
  if (step === undefined) return '';
  const place = `${step.label} (${at + 1} of ${state.steps.length})`;
  return step.state === 'wallet' ? `Confirm in your wallet: ${place}` : `Waiting for the chain: ${place}`;
};
