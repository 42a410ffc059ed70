/** One at 27 decimals {ray}: the scale of rates per second. */
export const RAY = 10n ** 27n;
/** One at 18 decimals {1e18}: the scale of weights, factors and parts. */
export const ONE = 10n ** 18n;
/** One basis point {1e18}. */
export const BASIS_POINT = 10n ** 14n;
/** One as UQ112 {1/2^112}: the scale of prices. */
export const Q112 = 1n << 112n;
/** Values {base} are below this: some 1.9e19 USDC (docs/rules.md 6). */
export const VALUE_LIMIT = 1n << 84n;
