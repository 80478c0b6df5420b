//! Words that differ in one character, found without comparing each with each.

/// Words by what each is with one character left out. Two words of which one is the other with a character
/// more, less, changed, or swapped with its neighbour have one of these in common.
#[derive(Debug, Clone)]
pub(super) struct Deletions {
    /// Hashes with the place of the word, in their order.
    entries: Vec<(u64, u32)>,
}

impl Deletions {
    /// Of the words that have so many characters.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a [char]>, min_chars: usize) -> Self {
        let mut entries = Vec::new();
        for (at, word) in (0_u32..).zip(words) {
            if word.len() >= min_chars {
                entries.extend(hashes(word).map(|hash| (hash, at)));
            }
        }
        entries.sort_unstable();
        entries.dedup();
        entries.shrink_to_fit();
        Self { entries }
    }

    /// The places of the words that may be one character apart, in their order; some are not.
    pub(super) fn candidates(&self, word: &[char]) -> Vec<usize> {
        let mut found: Vec<usize> = hashes(word)
            .flat_map(|hash| {
                let first = self.entries.partition_point(|(other, _)| *other < hash);
                let same = self.entries[first..].iter();
                same.take_while(move |(other, _)| *other == hash)
            })
            .filter_map(|(_, at)| usize::try_from(*at).ok())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The word's hash, and those of what it is with each of its characters left out. Polynomials, so that a
/// very long word costs no more than its length.
fn hashes(word: &[char]) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut before = Vec::with_capacity(word.len() + 1);
    let mut hash = 0_u64;
    for c in word {
        before.push(hash);
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*c) + 1);
    }
    let (mut after, mut power) = (0_u64, 1_u64);
    let left_out = word.iter().zip(before).rev().map(move |(c, before)| {
        let without = before.wrapping_mul(power).wrapping_add(after);
        after = power.wrapping_mul(u64::from(*c) + 1).wrapping_add(after);
        power = power.wrapping_mul(BASE);
        without
    });
    std::iter::once(hash).chain(left_out)
}
