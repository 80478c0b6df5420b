//! Arithmetic that gives the same bits on every platform: only `+ - x /` and square roots, which IEEE
//! 754 defines to the last bit. The logarithms and powers of the system's libraries are not used: they
//! differ between platforms in the last bits, and a search for the best parameters makes that large.

/// A count as a float; exact below 2^53, which no series reaches.
#[allow(clippy::cast_precision_loss)]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / real(values.len())
}

pub(super) fn square(value: f64) -> f64 {
    value * value
}

// Zeros of either sign are the same value.
#[allow(clippy::float_cmp)]
pub(super) fn is_constant(values: &[f64]) -> bool {
    values.iter().all(|value| *value == values[0])
}

/// The middle one; 0 of nothing.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    quantiles(&mut values, [0.5])[0]
}

/// Quantiles by linear interpolation (Hyndman and Fan 1996, "Sample quantiles in statistical
/// packages", definition 7); 0 of nothing.
pub(super) fn quantiles<const N: usize>(values: &mut [f64], at: [f64; N]) -> [f64; N] {
    values.sort_by(f64::total_cmp);
    at.map(|share| {
        let Some(last) = values.len().checked_sub(1) else {
            return 0.0;
        };
        let place = share * real(last);
        // Between 0 and the last place.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let below = (place as usize).min(last);
        let (low, high) = (values[below], values[(below + 1).min(last)]);
        low + (place - real(below)) * (high - low)
    })
}

const MANTISSA_BITS: u32 = 52;
const EXPONENT: u64 = 0x7ff;

/// Mantissa from 1 to 2 and power of two of a normal number.
fn split(value: f64) -> (f64, i64) {
    let bits = value.to_bits();
    // Eleven bits.
    #[allow(clippy::cast_possible_wrap)]
    let power = ((bits >> MANTISSA_BITS) & EXPONENT) as i64 - 1023;
    let mantissa = (bits & !(EXPONENT << MANTISSA_BITS)) | (1023 << MANTISSA_BITS);
    (f64::from_bits(mantissa), power)
}

/// The power of two that brings a normal number above zero to 1 until 2, so that dividing by it loses
/// nothing; 1 for anything else.
pub(super) fn unit(value: f64) -> f64 {
    if !value.is_normal() || value < 0.0 {
        return 1.0;
    }
    f64::from_bits(value.to_bits() & (EXPONENT << MANTISSA_BITS))
}

/// The natural logarithm of a normal number above zero, by the series of the inverse hyperbolic tangent
/// (Abramowitz and Stegun 1964, 4.1.27) to 16 digits; not a number for anything else.
pub(super) fn logarithm(value: f64) -> f64 {
    if !value.is_normal() || value < 0.0 {
        return f64::NAN;
    }
    let (mut mantissa, mut power) = split(value);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        power += 1;
    }
    let part = (mantissa - 1.0) / (mantissa + 1.0);
    let squared = part * part;
    let mut sum = 0.0;
    for odd in [21.0, 19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        sum = sum * squared + 1.0 / odd;
    }
    // Powers are within a thousand or two.
    #[allow(clippy::cast_precision_loss)]
    let power = power as f64;
    power * std::f64::consts::LN_2 + 2.0 * part * sum
}

/// A sum of logarithms, taken as the logarithm of a product that is kept in range.
#[derive(Debug)]
pub(super) struct Logarithms {
    product: f64,
    power: i64,
}

impl Logarithms {
    /// Factors nearer to zero are refused.
    const SMALLEST: f64 = 1e-150;
    const IN_RANGE: std::ops::Range<f64> = 1e-150..1e150;

    pub(super) fn new() -> Self {
        Self {
            product: 1.0,
            power: 0,
        }
    }

    /// A value that is not above zero makes the sum not a number.
    pub(super) fn add(&mut self, value: f64) {
        if value < Self::SMALLEST {
            self.product = f64::NAN;
        }
        self.product *= value;
        if !Self::IN_RANGE.contains(&self.product) && self.product.is_normal() {
            let (mantissa, power) = split(self.product);
            self.product = mantissa;
            self.power += power;
        }
    }

    pub(super) fn sum(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let power = self.power as f64;
        power * std::f64::consts::LN_2 + logarithm(self.product)
    }
}

/// 97.5 % point of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;
/// 97.5 % points of Student's t with 1 to 10 degrees of freedom, from its tables.
const STUDENT: [f64; 10] = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004,
    2.262_157, 2.228_139,
];

/// 97.5 % point of Student's t, for at least one degree of freedom: the tables up to 10 (between them
/// linear in the reciprocal), above the expansion of Abramowitz and Stegun (1964), 26.7.5, right to five
/// digits there.
pub(super) fn student(freedom: f64) -> f64 {
    let freedom = freedom.max(1.0);
    if freedom < 10.0 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let below = freedom as usize;
        let (low, high) = (STUDENT[below - 1], STUDENT[below]);
        let share =
            (1.0 / real(below) - 1.0 / freedom) / (1.0 / real(below) - 1.0 / real(below + 1));
        return low + share * (high - low);
    }
    let z = NORMAL;
    let (z3, z5) = (z * z * z, z * z * z * z * z);
    let z7 = z5 * z * z;
    z + (z3 + z) / (4.0 * freedom)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * freedom * freedom)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * freedom * freedom * freedom)
}

#[cfg(test)]
// Values that are exact.
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_agree_with_the_library() {
        for value in [1e-300, 0.1, 0.5, 0.99, 1.0, 1.41, 1.42, 3.0, 1e6, 1e300] {
            let off = (logarithm(value) - value.ln()).abs();
            assert!(off <= 1e-15 * value.ln().abs().max(1.0), "{value}");
        }
        assert!(logarithm(0.0).is_nan() && logarithm(-1.0).is_nan());
        let mut sum = Logarithms::new();
        let values = (1..2_000).map(|place| real(place) * 1e7);
        values.clone().for_each(|value| sum.add(value));
        let plain: f64 = values.map(f64::ln).sum();
        assert!((sum.sum() - plain).abs() < 1e-9 * plain);
        sum.add(-1.0);
        assert!(sum.sum().is_nan());
    }

    #[test]
    fn students_t_agrees_with_its_tables() {
        for (freedom, point) in [
            (1.0, 12.7062),
            (4.0, 2.7764),
            (11.0, 2.2010),
            (30.0, 2.0423),
        ] {
            assert!((student(freedom) - point).abs() < 2e-4, "{freedom}");
        }
        assert!(student(2.5) < student(2.4) && student(10.1) < student(9.9));
    }

    #[test]
    fn a_unit_is_a_power_of_two() {
        assert_eq!((unit(1.0), unit(3.9), unit(0.3)), (1.0, 2.0, 0.25));
        assert_eq!((unit(0.0), unit(f64::NAN), unit(-4.0)), (1.0, 1.0, 1.0));
    }

    #[test]
    fn quantiles_lie_between_the_values() {
        assert_eq!(
            quantiles(&mut [4.0, 1.0, 2.0, 3.0], [0.0, 0.5, 1.0]),
            [1.0, 2.5, 4.0]
        );
        assert_eq!(median(vec![]), 0.0);
    }
}
