// Numbers of any size, in the digits that they have.

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export const powerOfTen = (exponent) => `10${[...String(exponent)].map((sign) => RAISED[sign]).join("")}`;

// A number to so many significant digits; a small or large one with a power of ten.
export function significant(value, digits = 3) {
  if (value === 0 || !Number.isFinite(value)) return String(Math.abs(value));
  const [mantissa, exponent] = value.toExponential(digits - 1).replace("-", value < 0 ? "−" : "-").split("e");
  if (exponent < -3 || exponent > 5) return `${mantissa} · ${powerOfTen(Number(exponent))}`;
  return value.toFixed(Math.max(0, digits - 1 - exponent)).replace("-", "−");
}
