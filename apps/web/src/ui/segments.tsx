export interface SegmentsProps<T extends string> {
  /** Names the group. */
  readonly label: string;
  readonly options: readonly { readonly id: T; readonly label: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}

/** A few choices side by side, one of them pressed. */
export const Segments = <T extends string>({ label, options, chosen, onChoose }: SegmentsProps<T>) => (
  <fieldset className="segments" aria-label={label}>
    {options.map((option) => (
      <button key={option.id} type="button" aria-pressed={option.id === chosen} onClick={() => onChoose(option.id)}>
        {option.label}
      </button>
    ))}
  </fieldset>
);
