import { asChainError } from './chain-errors.ts';

/** An action of a command that talks to a chain: what viem says about the node comes as an error in our words. */
export const onChain =
  <Arguments extends readonly unknown[]>(act: (...args: Arguments) => Promise<void>) =>
  async (...args: Arguments): Promise<void> => {
    try {
      await act(...args);
    } catch (error) {
      throw asChainError(error);
    }
  };
