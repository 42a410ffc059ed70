export interface SettingsProps {
  readonly slippage: string;
  readonly unlimited: boolean;
  readonly disabled: boolean;
  readonly onSlippage: (text: string) => void;
  readonly onUnlimited: (unlimited: boolean) => void;
}

export const Settings = ({ slippage, unlimited, disabled, onSlippage, onUnlimited }: SettingsProps) => (
  <details className="details">
    <summary>Settings</summary>
    <div className="settings">
      <label className="setting">
        <span>
          Slippage, %<span className="second">how much worse than this preview you accept</span>
        </span>
        <input
          className="input"
          inputMode="decimal"
          aria-label="Slippage, %"
          value={slippage}
          disabled={disabled}
          onChange={(event) => onSlippage(event.target.value)}
        />
      </label>
      <label className="setting">
        <span>
          Approve without limit
          <span className="second">fewer steps next time; the exact amount is safer</span>
        </span>
        <input
          type="checkbox"
          aria-label="Approve without limit"
          checked={unlimited}
          disabled={disabled}
          onChange={(event) => onUnlimited(event.target.checked)}
        />
      </label>
    </div>
  </details>
);
