/** Splits connections by weight: every part has one at least, and the rest goes where most is missing. */
export function shareConnections(total: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = weights.map((weight) => Math.max(1, Math.floor((total * weight) / sum)));
  const lacks = weights.map((weight, place) => (total * weight) / sum - (shares[place] ?? 0));
  for (let left = total - shares.reduce((all, share) => all + share, 0); left > 0; left -= 1) {
    const place = lacks.indexOf(Math.max(...lacks));
    shares[place] = (shares[place] ?? 0) + 1;
    lacks[place] = (lacks[place] ?? 0) - 1;
  }
  return shares;
}
