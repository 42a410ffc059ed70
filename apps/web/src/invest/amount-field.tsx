import { useId } from 'react';
import { tokenAmount } from '../format/number.ts';

export interface AmountFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly text: string;
  readonly bad: boolean;
  readonly disabled: boolean;
  /** {tok} the most that can be given; undefined while unknown */
  readonly most: bigint | undefined;
  readonly decimals: number;
  readonly onText: (text: string) => void;
  readonly onMost: () => void;
}

export const AmountField = ({ label, unit, text, bad, disabled, most, decimals, onText, onMost }: AmountFieldProps) => {
  const id = useId();
  return (
    <div className={bad ? 'amount bad-amount' : 'amount'}>
      <label htmlFor={id} className="label">
        {label}
      </label>
      <div className="amount-row">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          placeholder="0"
          value={text}
          disabled={disabled}
          aria-invalid={bad}
          onChange={(event) => onText(event.target.value)}
        />
        <span className="amount-unit">{unit}</span>
      </div>
      <div className="amount-foot small muted">
        <span>{most === undefined ? '\u00a0' : `Up to ${tokenAmount(most, decimals)}\u00a0${unit}`}</span>
        <button
          type="button"
          className="link-button"
          disabled={disabled || most === undefined || most === 0n}
          onClick={onMost}
        >
          Max
        </button>
      </div>
    </div>
  );
};
