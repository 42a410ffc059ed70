/** {days} of a year, for everything that is said per year: markets of tokens never close. */
export const DAYS_A_YEAR = 365;
