import type { Direction, Means } from '../trade/plan.ts';

export interface MeansPickerProps {
  readonly direction: Direction;
  readonly means: Means;
  readonly disabled: boolean;
  readonly onChoose: (means: Means) => void;
}

const OPTIONS = [
  { id: 'base', label: 'USDC' },
  { id: 'kind', label: 'In kind' },
] as const;

/** With USDC through pools, or with every token. */
export const MeansPicker = ({ direction, means, disabled, onChoose }: MeansPickerProps) => {
  const label = direction === 'mint' ? 'Pay with' : 'Receive';
  return (
    <div className="means">
      <span className="label" aria-hidden="true">
        {label}
      </span>
      <div className="segments" role="radiogroup" aria-label={label}>
        {OPTIONS.map((option) => (
          <label key={option.id}>
            <input
              type="radio"
              name={`means-${direction}`}
              checked={means === option.id}
              disabled={disabled}
              onChange={() => onChoose(option.id)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </div>
  );
};
