//! The recovery code: what a person prints, puts into a safe, and one day types again.
//!
//! 120 random bits as 24 letters of Crockford's base 32 (no I, L, O, U; <https://www.crockford.com/base32.html>)
//! and 4 letters of checksum, in seven groups of four. The checksum tells a slip of the pen from the
//! code of another store: one wrong letter passes it once in a million.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Secret;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 120 bits are 24 letters of five.
pub(super) const CODE_BYTES: usize = 15;
const CODE_LETTERS: usize = 24;
const CHECK_LETTERS: usize = 4;
const GROUP_LETTERS: usize = 4;

/// What a text is, taken as a recovery code.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A code, written as it is sealed.
    Code(Zeroizing<String>),
    /// It looks like one, and its checksum is wrong.
    Typo,
    /// Something else: a passphrase.
    Other,
}

/// The code of random bytes, in groups.
pub(super) fn write(random: &[u8; CODE_BYTES]) -> Zeroizing<String> {
    let mut letters = letters_of(random);
    letters.extend(check_of(&letters));
    let mut code = Zeroizing::new(String::with_capacity(letters.len() * 2));
    for (at, letter) in letters.iter().enumerate() {
        if at > 0 && at % GROUP_LETTERS == 0 {
            code.push('-');
        }
        code.push(char::from(*letter));
    }
    code
}

/// Reads a code however it was typed: small letters, blanks or dashes anywhere, O for 0, I and L for 1,
/// full-width letters of a Chinese keyboard.
pub(super) fn read(typed: &Secret) -> Reading {
    let mut letters: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::new());
    for byte in typed.bytes().iter() {
        match byte.to_ascii_uppercase() {
            b' ' | b'-' | b'\t' => {}
            b'O' => letters.push(b'0'),
            b'I' | b'L' => letters.push(b'1'),
            letter if ALPHABET.contains(&letter) => letters.push(letter),
            _ => return Reading::Other,
        }
    }
    if letters.len() != CODE_LETTERS + CHECK_LETTERS {
        return Reading::Other;
    }
    let (code, check) = letters.split_at(CODE_LETTERS);
    if check_of(code) != check {
        return Reading::Typo;
    }
    Reading::Code(Zeroizing::new(
        code.iter().map(|letter| char::from(*letter)).collect(),
    ))
}

/// Five bits a letter, the highest first.
fn letters_of(bytes: &[u8]) -> Vec<u8> {
    let (mut letters, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            letters.push(ALPHABET[(bits >> held & 31) as usize]);
        }
        bits &= (1 << held) - 1;
    }
    letters
}

/// The first letters of a hash of the code.
fn check_of(letters: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"yeji recovery code");
    hash.update(letters);
    let mut check = letters_of(&hash.finalize());
    check.truncate(CHECK_LETTERS);
    check
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(text: &str) -> Reading {
        read(&Secret::new(text.to_owned()))
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = write(&[0x5a; CODE_BYTES]);
        let expected = typed(&code);
        assert!(matches!(expected, Reading::Code(_)), "{}", code.as_str());
        let full_width: String = code
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
            .collect();
        for other in [
            code.to_lowercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            code.replace('0', "o").replace('1', "l"),
            full_width,
            format!("{}\n", code.as_str()),
        ] {
            assert_eq!(typed(&other), expected, "{other}");
        }
    }

    #[test]
    fn what_is_no_code_is_a_passphrase() {
        for text in [
            "",
            "correct horse battery staple",
            "年年有余2026",
            "ABCD-EFGH",
        ] {
            assert_eq!(typed(text), Reading::Other, "{text}");
        }
    }

    #[test]
    fn a_wrong_letter_hardly_ever_passes_for_a_right_code() {
        let (mut tried, mut passed) = (0, 0);
        for seed in 0..4_u8 {
            let written = write(&[seed.wrapping_mul(61).wrapping_add(7); CODE_BYTES]);
            let code: Vec<u8> = written.bytes().filter(|letter| *letter != b'-').collect();
            let mut candidates = Vec::new();
            for at in 0..code.len() {
                for letter in ALPHABET {
                    let mut wrong = code.clone();
                    wrong[at] = *letter;
                    candidates.push(wrong);
                }
                let mut swapped = code.clone();
                swapped.swap(at, (at + 1) % code.len());
                candidates.push(swapped);
            }
            for candidate in candidates.into_iter().filter(|one| *one != code) {
                tried += 1;
                let text = String::from_utf8(candidate).unwrap();
                passed += usize::from(matches!(typed(&text), Reading::Code(_)));
            }
        }
        assert!(tried > 3_400, "{tried}");
        // By chance one in a million passes.
        assert!(passed <= 1, "{passed} of {tried}");
    }

    proptest! {
        /// A slip of the pen must not look like the code of another store: the person would search
        /// for another sheet of paper.
        #[test]
        fn one_wrong_or_two_swapped_letters_are_a_typo(
            random: [u8; CODE_BYTES], at in 0_usize..28, other in 0_usize..32,
        ) {
            let code: Vec<u8> = write(&random).bytes().filter(|letter| *letter != b'-').collect();
            let mut wrong = code.clone();
            wrong[at] = ALPHABET[other];
            let mut swapped = code.clone();
            swapped.swap(at, (at + 1) % 28);
            for candidate in [wrong, swapped] {
                let text = String::from_utf8(candidate.clone()).unwrap();
                // The checksum has 20 bits: the odd collision is its price, counted below.
                if candidate != code {
                    prop_assert!(matches!(typed(&text), Reading::Typo | Reading::Code(_)));
                }
            }
        }
    }
}
