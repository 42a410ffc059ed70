/** A few figures with their names, side by side. */
export const Facts = ({ of }: { readonly of: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="facts">
    {of.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
