import { formatFixed, type Proposal } from '@wicker/core';

/** A proposal for programs, without its inputs. */
export const proposalSummary = ({ hash, universe, methodology, calendar, weights }: Proposal) => ({
  ...{ hash, universe, methodology, calendar },
  weights: Object.fromEntries([...weights].map(([id, weight]) => [id, formatFixed(weight, 18)])),
});

/** Which proposal weights come from, in a line. */
export const proposedBy = ({ hash, universe, methodology }: Proposal): string =>
  `weights of ${universe.id} by ${methodology.id}; an event tells their hash ${hash}`;
