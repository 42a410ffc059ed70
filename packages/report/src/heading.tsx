import { Fragment } from 'react';

/** The name of a column; the path of a field, such as `weights.cap`, may be broken after its points. */
export const Heading = ({ name }: { readonly name: string }) =>
  name.split(/(?<=\.)(?=\S)/).map((part, i) => (
    <Fragment key={part}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
