//! Text of double bytes or of single ones that is not Unicode: which encoding it is in.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, SHIFT_JIS};

use crate::decode::{TextReader, codec};
use crate::limits::HEADER_SEARCH_ROWS;
use crate::sniff::{DELIMITERS, Detected, HEAD_BYTES, decode_head};
use crate::{Error, Result, TextEncoding, header};

/// Bytes that the detector sees: enough for its statistics.
const DETECT_BYTES: u64 = 4 << 20;

/// The detector's guess and GB18030, whichever fits the whole file. Where both do, its characters are few
/// and no header speaks for it, the other one is named as a doubt.
pub(crate) fn legacy_encoding(path: &Path) -> Result<Detected> {
    let io = |source| Error::Io {
        file: path.to_owned(),
        source,
    };
    let mut sample = Vec::new();
    File::open(path)
        .map_err(io)?
        .take(DETECT_BYTES)
        .read_to_end(&mut sample)
        .map_err(io)?;
    let bytes = DoubleBytes::of(&sample);
    let (seen, guess) = guess(&sample, &bytes);
    // A header that is known says more than statistics of a few bytes.
    let known = |encoding| known_words(&sample, encoding);
    let chinese = known(TextEncoding::Gb18030);
    let order = if chinese > 0 && chinese >= known(guess) {
        [TextEncoding::Gb18030, guess]
    } else {
        [guess, TextEncoding::Gb18030]
    };
    let fits = |encoding| TextReader::open(path, encoding, false)?.check_all();
    let mut first = None;
    for encoding in order {
        match fits(encoding) {
            Ok(()) => {
                let others = [seen, TextEncoding::Gb18030].into_iter();
                // Every text fits a reading by single bytes: that one does is no sign.
                let double = |of: TextEncoding| !codec(of).is_single_byte();
                let mut others = others.filter(|other| *other != encoding && double(*other));
                let unsure =
                    double(encoding) && bytes.different.len() < SOME && known(encoding) == 0;
                let doubt = others.find(|other| unsure && fits(*other).is_ok());
                return Ok(Detected {
                    doubt,
                    ..encoding.into()
                });
            }
            Err(error @ Error::BrokenEncoding { .. }) => first = first.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Err(first.unwrap_or_else(|| Error::NotATable {
        file: path.to_owned(),
        reason: "encoding".to_owned(),
    }))
}

/// What the detector sees, and what it is taken for. The users are mostly in China: where the bytes are
/// rather Chinese than what it sees (names alone are little to go by), it is told so.
fn guess(sample: &[u8], bytes: &DoubleBytes) -> (TextEncoding, TextEncoding) {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let seen = detector.guess(None, Utf8Detection::Deny);
    let guess = if bytes.are_rather_chinese(seen) {
        detector.guess(Some(b"cn"), Utf8Detection::Deny)
    } else {
        seen
    };
    (encoding_of(seen), encoding_of(guess))
}

fn encoding_of(guess: &'static Encoding) -> TextEncoding {
    match guess.name() {
        "Big5" => TextEncoding::Big5,
        "Shift_JIS" => TextEncoding::ShiftJis,
        "EUC-JP" => TextEncoding::EucJp,
        "EUC-KR" => TextEncoding::EucKr,
        "windows-1250" | "ISO-8859-2" => TextEncoding::Windows1250,
        "windows-1251" => TextEncoding::Windows1251,
        name if name.starts_with("windows-125") || name.starts_with("ISO-8859") => {
            TextEncoding::Windows1252
        }
        _ => TextEncoding::Gb18030,
    }
}

/// Cells in the rows where a header may stand that are words of one. Those of ASCII alone read the same
/// in every encoding and say nothing.
fn known_words(sample: &[u8], encoding: TextEncoding) -> usize {
    let text = decode_head(&sample[..sample.len().min(HEAD_BYTES)], encoding, false);
    text.split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .take(HEADER_SEARCH_ROWS)
        .map(|line| {
            let cells = line.split(DELIMITERS).filter(|cell| !cell.is_ascii());
            cells.filter(|cell| header::is_known(cell)).count()
        })
        .max()
        .unwrap_or(0)
}

/// Different characters below which nothing can be said of where they lie.
const FEW: usize = 8;
/// Different characters below which what is said of where they lie is doubtful.
const SOME: usize = 16;
/// Different kana that no Chinese text has by chance.
const KANA: usize = 2;

/// How the high bytes of a text lie when each begins a character of two bytes.
#[derive(Debug, Default)]
struct DoubleBytes {
    all: usize,
    /// Both bytes are as in GB2312, in which nearly all simplified Chinese is written.
    plain: usize,
    /// Where GB2312 has the characters in common use, in the order of their sounds.
    common: usize,
    /// The different ones of these.
    distinct: BTreeSet<[u8; 2]>,
    /// All different ones.
    different: BTreeSet<[u8; 2]>,
}

impl DoubleBytes {
    fn of(sample: &[u8]) -> Self {
        let mut found = Self::default();
        let mut bytes = sample.iter().peekable();
        while let Some(first) = bytes.next().copied() {
            if first < 0x81 {
                continue;
            }
            found.all += 1;
            // An accented letter of a European text stands before an ASCII letter or a space.
            let second = bytes.next_if(|second| **second >= 0x40).copied();
            let Some(second) = second else {
                continue;
            };
            found.different.insert([first, second]);
            if second < 0xa1 {
                continue;
            }
            found.plain += usize::from(first >= 0xa1);
            if (0xb0..=0xd7).contains(&first) {
                found.common += 1;
                found.distinct.insert([first, second]);
            }
        }
        found
    }

    /// Different hiragana and katakana as EUC-JP has them. GB2312 has them there too, but Chinese text does
    /// not use them.
    fn kana(&self) -> usize {
        let kana = |pair: &&[u8; 2]| matches!(pair[0], 0xa4 | 0xa5) && pair[1] >= 0xa1;
        self.different.iter().filter(kana).count()
    }

    /// Whether the text is rather simplified Chinese than what the detector sees in it.
    fn are_rather_chinese(&self, seen: &'static Encoding) -> bool {
        if seen == BIG5 {
            return false;
        }
        if seen == EUC_KR {
            // Hangul ends at C8FE. Above lie the Chinese characters in common use that sound like S to
            // Z: nearly half of a text.
            let above = self.distinct.iter().filter(|pair| pair[0] > 0xc8).count();
            return self.distinct.len() < FEW || above * 10 > self.distinct.len();
        }
        if seen == EUC_JP {
            // The kanji in common use end at CFD3: what was said of Hangul holds for them.
            let above = self.distinct.iter().filter(|pair| pair[0] > 0xcf).count();
            let few = self.distinct.len() < FEW;
            return self.kana() < KANA && (few || above * 10 > self.distinct.len());
        }
        if seen == SHIFT_JIS {
            // Most first bytes of Japanese characters, and half of the second ones, are below GB2312.
            return self.plain * 5 > self.all * 4;
        }
        // Russian words are pairs of high bytes too, but not of those in common use.
        !seen.is_single_byte() || self.common * 2 > self.all
    }
}
