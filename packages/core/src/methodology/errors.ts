import { InputError } from '../errors.ts';

/** There is nothing to weigh. */
export class NoAssetsError extends InputError {
  constructor() {
    super('NO_ASSETS', 'there are no assets to weigh', 'Give at least one id with a market cap above 0.');
  }
}

/** All market caps are 0, so no proportion exists. */
export class ZeroTotalError extends InputError {
  constructor(assets: number) {
    super(
      'ZERO_TOTAL',
      `the market caps of all ${assets} assets are 0`,
      'Give at least one asset a market cap above 0.',
    );
  }
}

/** The caps of the assets that can carry weight sum to less than 1. Wicker never falls back to equal weights. */
export class InfeasibleCapError extends InputError {
  /** Assets whose cap and market cap are above 0. */
  readonly assets: number;
  /** Sum of their caps, {1}. */
  readonly reach: string;

  constructor(assets: number, reach: string, removed: readonly string[]) {
    const after = removed.length === 0 ? '' : `, after the floor removed ${removed.join(', ')}`;
    super(
      'INFEASIBLE_CAP',
      `the caps of the ${assets} assets that can carry weight sum to ${reach}, less than 1${after}`,
      'Raise the cap, lower the floor, or add assets.',
    );
    this.assets = assets;
    this.reach = reach;
  }
}

/** Every asset is below the floor. */
export class InfeasibleFloorError extends InputError {
  constructor(floor: string) {
    super(
      'INFEASIBLE_FLOOR',
      `no asset reaches the floor of ${floor}`,
      'Lower the floor, raise the cap, or use fewer assets.',
    );
  }
}

/** A parameter outside its range. */
export class ParameterError extends InputError {
  constructor(name: string, value: string, range: string) {
    super('INVALID_PARAMETER', `${name} is ${value}, outside ${range}`, `Choose ${name} within ${range}.`);
  }
}

/** A universe or methodology file that does not have the expected shape; the message names the field. */
export class InvalidFileError extends InputError {
  constructor(kind: string, problems: readonly string[]) {
    super(
      'INVALID_FILE',
      `the ${kind} file is not valid: ${problems.join('; ')}`,
      'Compare it with the files in data/.',
    );
  }
}
