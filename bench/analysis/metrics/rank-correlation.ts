function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Spearman's: 1 when both order the pairs alike, 0 when one says nothing about the other. Ties share their ranks. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const [a, b] = [ranks(pairs.map(([one]) => one)), ranks(pairs.map(([, other]) => other))];
  const middle = (pairs.length + 1) / 2;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < pairs.length; i++) {
    both += (a[i] - middle) * (b[i] - middle);
    ofA += (a[i] - middle) ** 2;
    ofB += (b[i] - middle) ** 2;
  }
  return both / Math.sqrt(ofA * ofB);
}
