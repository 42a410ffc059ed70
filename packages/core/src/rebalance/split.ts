import { broughtBy, type Curve } from './market.ts';

/** A way that an order may take, and the most {o} it may take of it. */
export interface Offer {
  readonly curve: Curve;
  readonly most: number;
}

const STEPS = 64;

/** {o} what each of the offers takes when none is better at the margin than another, `amount` in all. */
const level = (offers: readonly Offer[], amount: number): number[] => {
  const at = (price: number): number[] =>
    offers.map(({ curve: { spot, depth }, most }) =>
      Math.min(most, Math.max(0, depth * (Math.sqrt(spot / price) - 1))),
    );
  let [low, high] = [0, Math.max(...offers.map(({ curve }) => curve.spot))];
  for (let step = 0; step < STEPS; step += 1) {
    const price = (low + high) / 2;
    if (at(price).reduce((sum, x) => sum + x, 0) < amount) high = price;
    else low = price;
  }
  return at(low);
};

/**
 * Parts an amount between offers, so that it brings most: at the margin all pay the same (equal marginal prices are the optimum of
 * a sum of concave curves under a sum). An offer that does not earn its fill is left out.
 *
 * @param offers no pool in two of them; together they take more than `amount`
 * @param amount {o}
 * @param fillCost {u} what one more fill costs
 * @returns {o} what each offer takes, 0 for one that is left out
 */
export const split = (offers: readonly Offer[], amount: number, fillCost: number): number[] => {
  const order = offers
    .map((offer, i) => ({ offer, i, brings: broughtBy(offer.curve, Math.min(offer.most, amount)) }))
    .sort((a, b) => b.brings - a.brings);
  let best = { parts: offers.map(({ most }) => most), worth: Number.NEGATIVE_INFINITY };
  for (let count = 1; count <= order.length; count += 1) {
    const chosen = order.slice(0, count);
    if (chosen.reduce((sum, { offer }) => sum + offer.most, 0) < amount) continue;
    const levels = level(
      chosen.map(({ offer }) => offer),
      amount,
    );
    const worth =
      chosen.reduce((sum, { offer }, k) => sum + broughtBy(offer.curve, levels[k] ?? 0), 0) - count * fillCost;
    if (worth <= best.worth) continue;
    const parts = offers.map(() => 0);
    chosen.forEach(({ i }, k) => {
      parts[i] = levels[k] ?? 0;
    });
    best = { parts, worth };
  }
  return best.parts;
};
