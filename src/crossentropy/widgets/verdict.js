// Verdicts in words.

// A number as one says it: four digits, fewer where they are zeros.
export const short = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

// Where: "z = 0, x_j = 2", of the letters that matter.
export const place = (point, letters) =>
  letters.filter((name) => name in point).map((name) => `${name} = ${short(point[name])}`).join(", ");

// What an answer gives there and what is right; with more digits where four tell no difference.
export function values({ point, yours, wanted, why }, letters) {
  const at = `At ${place(point, letters)}, `;
  if (why) return `${at}your expression has no value: ${why}. The right value there is ${short(wanted)}.`;
  const alike = short(yours) === short(wanted);
  const [mine, right] = [yours, wanted].map((value) => (alike ? String(value).replace("-", "−") : short(value)));
  return `${at}your expression gives ${mine}; right is ${right}.`;
}

// Where a line of the derivation is not the slope of the loss.
export const falseLine = ({ sample, slope, value }) =>
  `At ${place(sample, ["x", "w", "y"])} this line gives ${short(value)}, but the slope of the loss is ${short(slope)}.`;
