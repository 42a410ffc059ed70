/** {letters} of a value that takes two places. */
const LONG = 11;

/** A few figures with their names, side by side. */
export const Facts = ({ of }: { readonly of: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="facts">
    {of.map(([name, value]) => (
      <div key={name} className={value.length < LONG ? undefined : 'long'}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
