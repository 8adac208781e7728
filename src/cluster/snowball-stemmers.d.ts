declare module 'snowball-stemmers' {
  const snowball: {
    /** `algorithm` is a Snowball name such as `english`; an unknown one throws. */
    newStemmer(algorithm: string): { readonly stem: (word: string) => string };
  };
  export default snowball;
}
