import { type Difference, differences, type Proposal } from '@wicker/core';

/** An asset that two sets of weights disagree on. */
export interface WeightDifference {
  readonly id: string;
  /** {1e18} 0 for an asset that is not there */
  readonly proposed: bigint;
  readonly computed: bigint;
}

/** How what somebody proposed, or put on chain, differs from what the inputs at hand give. */
export interface Comparison {
  /** Of what was proposed; undefined where nobody said. */
  readonly hash: string | undefined;
  /** Fields of the inputs, and the days that follow from them; `before` is the proposal's. Not known of weights on chain, which have the hash only. */
  readonly inputs: readonly Difference[];
  readonly weights: readonly WeightDifference[];
}

/** Assets of which two sets of weights {1e18} do not say the same, in the order of the computed ones. */
export const weightDifferences = (
  proposed: ReadonlyMap<string, bigint>,
  computed: ReadonlyMap<string, bigint>,
): WeightDifference[] =>
  [...new Set([...computed.keys(), ...proposed.keys()])].flatMap((id) => {
    const one = { id, proposed: proposed.get(id) ?? 0n, computed: computed.get(id) ?? 0n };
    return one.proposed === one.computed ? [] : [one];
  });

/** Compares a proposal with what the inputs at hand give. */
export const compareProposals = (proposed: Proposal, computed: Proposal): Comparison => ({
  hash: proposed.hash,
  inputs: [
    ...differences(proposed.inputs, computed.inputs),
    ...differences(proposed.calendar, computed.calendar, ['calendar']),
  ],
  weights: weightDifferences(proposed.weights, computed.weights),
});

/** Whether nothing differs: neither inputs and weights, nor the hash where there is one. */
export const isSame = ({ hash, inputs, weights }: Comparison, computed: Proposal): boolean =>
  inputs.length === 0 && weights.length === 0 && (hash === undefined || hash === computed.hash);
