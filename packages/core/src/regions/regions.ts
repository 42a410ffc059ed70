/** Access by region (docs/rules.md 14): who may open and buy, and that everybody may read and redeem. */
export {
  type Access,
  type Action,
  type Asked,
  type Buying,
  DEFAULT_LIST,
  decide,
  type Open,
  type Reason,
  type Refusal,
  type RegionList,
  regionList,
} from './access.ts';
export { type Country, type CountrySource, country, countryOf, type RequestOrigin } from './country.ts';
export { RegionError } from './errors.ts';
