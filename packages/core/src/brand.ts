/** Nobody makes one: the protected member is what no literal, and no copy by spread, can have. */
declare abstract class Brand<Name extends string> {
  protected readonly brand: Name;
}

/** A value that only its own checking function makes: an unchecked one of the same shape does not compile in its place. */
export type Branded<T, Name extends string> = T & Brand<Name>;
