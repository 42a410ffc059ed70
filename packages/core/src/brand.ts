declare const brand: unique symbol;

/** A value that only its own checking function makes: an unchecked one of the same shape does not compile in its place. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
