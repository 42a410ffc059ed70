// What a keeper would do now, for those who only want to know: reads, and no account, records or log.
export { atBlock } from './chain/at-block.ts';
export { type Look, look, planRounds } from './chain/look.ts';
export { decide } from './decide/decide.ts';
export { isDrifted, isOpen, mayOpen, reasonOf } from './decide/epochs.ts';
export type { IndexState, PlannedRound } from './decide/snapshot.ts';
export { amountText, durationText } from './decide/words.ts';
