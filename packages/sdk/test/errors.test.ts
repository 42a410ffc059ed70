import { jump, moveMarket } from '@wicker/devnet';
import {
  ContractRevertError,
  holdingsOf,
  mintWithBase,
  openEpoch,
  previewMint,
  rebalance,
  redeem,
  setWeights,
} from '@wicker/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from './fixture.ts';

const SOMEBODY = '0x00000000000000000000000000000000000000AA';

describe('errors of contracts', () => {
  let f: Fixture;
  beforeAll(async () => {
    f = await openFixture();
  });
  afterAll(() => f.chain.stop());

  it('come from reads with name, values and a hint', async () => {
    const error = await holdingsOf(f.client, { platform: f.platform, index: SOMEBODY }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ContractRevertError);
    expect(error).toMatchObject({
      code: 'UnknownIndex',
      message: `the contract refused: UnknownIndex(${SOMEBODY})`,
      hint: 'check the address of the index',
      values: [SOMEBODY],
    });
  });

  it('come from writes before anything is sent', async () => {
    const { client, platform, investor, index, assets } = f;
    const before = await client.getTransactionCount({ address: investor });
    const weights = assets.map((asset, i) => ({ asset, weight: i === 0 ? 5n * 10n ** 17n : 25n * 10n ** 16n }));
    await expect(setWeights(client, { account: investor, platform, index, weights })).rejects.toMatchObject({
      code: 'NotManager',
      hint: 'only the manager of the index may do this',
    });
    expect(await client.getTransactionCount({ address: investor })).toBe(before);
  });

  it('say when an epoch is too early, and that an index in tolerance needs none', async () => {
    const { client, platform, investor, index, market } = f;
    const way = { account: investor, platform, indices: [index] };
    await openEpoch(client, way);
    await expect(openEpoch(client, way)).rejects.toMatchObject({ code: 'TooEarly' });
    await jump(client, 86_400n);
    await moveMarket(client, market);
    await expect(openEpoch(client, way)).rejects.toMatchObject({ code: 'InTolerance' });
  });

  it('say what the minimum, the deadline and the balance were about', async () => {
    const { client, platform, manager, investor, index, pools, assets } = f;
    const way = { account: investor, platform, index, pools, to: investor, pay: 10n ** 9n, minShares: 1n };
    await expect(mintWithBase(client, { ...way, deadline: 1n })).rejects.toMatchObject({ code: 'Expired' });
    await expect(mintWithBase(client, { ...way, deadline: 2n ** 40n })).rejects.toMatchObject({
      code: 'TransferFromFailed',
      hint: 'check balance and allowance of the payer',
    });
    const shares = 10n ** 18n;
    await expect(
      redeem(client, {
        ...{ account: manager, index, shares, to: manager },
        minAmounts: assets.map(() => 2n ** 100n),
      }),
    ).rejects.toMatchObject({ code: 'BelowMinimum' });
  });

  it('pass what is no revert: a network that does not answer', async () => {
    const gone = { ...f.client, request: () => Promise.reject(new Error('offline')) } as typeof f.client;
    const error = await previewMint(gone, { index: f.index, shares: 1n }).catch((thrown) => thrown);
    expect(error).not.toBeInstanceOf(ContractRevertError);
  });

  it('refuse an empty plan without asking the chain', async () => {
    const { client, platform, investor, index } = f;
    const plan = { crosses: [], trades: [] };
    await expect(
      rebalance(client, { account: investor, platform, opening: 1n, indices: [index], plan }),
    ).rejects.toMatchObject({ code: 'EMPTY_PLAN' });
  });
});
