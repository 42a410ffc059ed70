import { expect, it } from 'vitest';
import { describeInBrowser } from './support/browser-tests.ts';
import { amountOf, carryOut, investOf, prepare, submitOf } from './support/trade.ts';
import { connectWallet } from './support/visit.ts';

const MINT = { what: 'Mint', how: 'USDC', amount: '1234.5' } as const;
/** The id of another network. */
const MAINNET = 1;

await describeInBrowser('when something goes wrong', ({ scene, visit }) => {
  it('keeps what was typed when the person says no in the wallet, and says what to do', async () => {
    const person = await visit();
    await connectWallet(person);
    const { page, wallet, shoot } = person;
    await prepare(page, MINT);
    wallet.rejectNext();
    await submitOf(page, MINT).click();
    const alert = investOf(page).getByRole('alert');
    await alert.getByText('You rejected it in the wallet').waitFor();
    await shoot('rejected');
    expect(await amountOf(page).inputValue()).toBe('1234.5');
    await investOf(page).getByRole('button', { name: 'Try again' }).click();
    await investOf(page).getByRole('region', { name: 'Result' }).waitFor();
    expect(wallet.asked()).toBe(3); // rejected, approve, mint
  });

  it('offers to switch a wallet that is on another network', async () => {
    const person = await visit({ wallet: { chainId: MAINNET } });
    await connectWallet(person);
    const { page, shoot } = person;
    const banner = page.getByRole('region', { name: 'Wrong network' });
    await banner.waitFor();
    await shoot('wrong-network');
    await banner.getByRole('button', { name: 'Switch to Wicker devnet' }).click();
    await banner.waitFor({ state: 'detached' });
    expect(await carryOut(page, { ...MINT, amount: '100' })).toContain('You minted');
  });

  it('says that the chain does not answer, and goes on when it is back', async () => {
    const person = await visit();
    await connectWallet(person);
    const { page, shoot } = person;
    await prepare(page, MINT);
    await scene().gate.close();
    try {
      await page.getByRole('alert').getByText('The chain does not answer').waitFor();
      await page.getByRole('button', { name: 'Status: Chain does not answer' }).waitFor();
      await shoot('chain-away');
    } finally {
      await scene().gate.open();
    }
    await page.getByRole('alert').getByText('The chain does not answer').waitFor({ state: 'detached' });
    expect(await amountOf(page).inputValue()).toBe('1234.5');
    await submitOf(page, MINT).click();
    await investOf(page).getByRole('region', { name: 'Result' }).waitFor();
  });

  it('works without a keeper, says so, and shows it again when it is back', async () => {
    await scene().keeper.tick();
    const { page, shoot } = await visit();
    await page.getByRole('button', { name: 'Status: Chain and keeper are working' }).waitFor();
    scene().keeper.setAway(true);
    try {
      await page.getByRole('button', { name: 'Status: Chain works, no keeper' }).waitFor();
      await page.getByRole('region', { name: 'Keeper' }).getByText('No keeper').first().waitFor();
      await shoot('keeper-away');
    } finally {
      scene().keeper.setAway(false);
    }
    await page.getByRole('button', { name: 'Status: Chain and keeper are working' }).waitFor();
  });
});
