import type { Branded } from '../brand.ts';
import { RegionError } from './errors.ts';

/** An assigned code of ISO 3166-1 alpha-2, or XK; made by `country` and `countryOf` alone. */
export type Country = Branded<string, 'Country'>;

/** ISO 3166-1 alpha-2, the 249 assigned codes, and XK, which proxies and geo-IP data use for Kosovo. */
const CODES: ReadonlySet<string> = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG
  CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM
  GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
  LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ
  OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC
  TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(
    /\s+/,
  ),
);

/** {code: the one that is meant}: people write these, and a list with them would refuse nobody. */
const MEANT: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The country that a text names, in either case; undefined for what is none: `XX` and `T1` of proxies, `EU`, an empty text. */
const countryIn = (text: string | undefined): Country | undefined => {
  // Two plain letters first: upper case makes SS of ß.
  const code = /^\s*([A-Za-z]{2})\s*$/.exec(text ?? '')?.[1]?.toUpperCase();
  return code !== undefined && CODES.has(code) ? (code as Country) : undefined;
};

/**
 * A code of ISO 3166-1 alpha-2, checked against those that are assigned (docs/rules.md 14).
 *
 * @throws {RegionError} UNKNOWN_COUNTRY
 */
export const country = (code: string): Country => {
  const found = countryIn(code);
  if (found !== undefined) return found;
  const meant = MEANT[code.trim().toUpperCase()];
  throw new RegionError(
    'UNKNOWN_COUNTRY',
    `'${code}' is no country code of ISO 3166-1`,
    meant === undefined ? 'give two letters, such as GB or US' : `write ${meant}`,
  );
};

/** Where the country of a request is read from: by configuration, never by the request. */
export type CountrySource = { readonly kind: 'header'; readonly name: string } | { readonly kind: 'geoIp' };

/** What is known of a request. */
export interface RequestOrigin {
  /** A header of the request by its name, undefined when it is missing. */
  readonly header: (name: string) => string | undefined;
  /** What the geo-IP data say of the address that connected, undefined when nothing. */
  readonly geoIp: string | undefined;
}

/**
 * The country of a request, undefined when it is not known (docs/rules.md 14). One source alone: with a proxy in front the address is
 * the proxy's, so its header is all that counts; without one anybody can write the header, so it counts for nothing.
 */
export const countryOf = (source: CountrySource, { header, geoIp }: RequestOrigin): Country | undefined => {
  switch (source.kind) {
    case 'header':
      return countryIn(header(source.name));
    case 'geoIp':
      return countryIn(geoIp);
  }
};
