/** An exact number: a BigInt fraction in lowest terms with a positive denominator. */
export class Fraction {
  /** @param {bigint} n @param {bigint} [d] not 0 */
  constructor(n, d = 1n) {
    const divisor = gcd(n, d) * (d < 0n ? -1n : 1n);
    this.n = n / divisor;
    this.d = d / divisor;
  }

  plus(other) {
    return new Fraction(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  times(other) {
    return new Fraction(this.n * other.n, this.d * other.d);
  }

  /** @param {Fraction} other not 0 */
  over(other) {
    return new Fraction(this.n * other.d, this.d * other.n);
  }

  isBelow(other) {
    return this.n * other.d < other.n * this.d;
  }

  equals(other) {
    return this.n === other.n && this.d === other.d;
  }

  get isZero() {
    return this.n === 0n;
  }

  /** The fraction as `n/d`. */
  toString() {
    return `${this.n}/${this.d}`;
  }
}

export const ZERO = new Fraction(0n);
export const ONE = new Fraction(1n);
export const HUNDRED = new Fraction(100n);

/** A whole number. @param {number} value */
export const whole = (value) => new Fraction(BigInt(value));

/** A decimal text such as "2.5". @param {string} text */
export const decimal = (text) => new Fraction(BigInt(thousandths(text)), 1000n);

/** A decimal text of at most three places in thousandths. @param {string} text @returns {number} */
export const thousandths = (text) => {
  const [digits, places = ""] = text.replace("-", "").split(".");
  const size = Number(digits) * 1000 + Number(places.padEnd(3, "0"));
  return text.startsWith("-") ? -size : size;
};

/** Whether a value is a decimal text. */
export const isDecimal = (value) => typeof value === "string" && /^-?[0-9]{1,9}(\.[0-9]{1,3})?$/.test(value);

export const lesser = (one, other) => (other.isBelow(one) ? other : one);

export const greater = (one, other) => (one.isBelow(other) ? other : one);

/**
 * The number as people read it, rounded half up; null stays null.
 * @param {Fraction|null} value @param {number} [places]
 */
export const display = (value, places = 1) => {
  if (value === null) return null;
  const size = value.n < 0n ? -value.n : value.n;
  const units = (2n * size * 10n ** BigInt(places) + value.d) / (2n * value.d);
  const digits = String(units).padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return value.n < 0n && units ? `-${text}` : text;
};

function gcd(a, b) {
  while (b) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}
