//! How the letters of two names differ.

/// Mistakes that a spelling may have. One Chinese character is a whole syllable (南京分公司 is not
/// 北京分公司), so that only long Chinese names may differ at all.
pub(super) fn allowed_distance(letters: &[char]) -> usize {
    match (has_chinese(letters), letters.len()) {
        (true, 0..=7) | (false, 0..=3) => 0,
        (true, _) | (false, 4..=7) => 1,
        (false, _) => 2,
    }
}

pub(super) fn has_chinese(letters: &[char]) -> bool {
    letters
        .iter()
        .any(|c| ('\u{2e80}'..='\u{9fff}').contains(c) || *c >= '\u{20000}')
}

/// Whether one character is another one, missing, or too much.
pub(super) fn one_apart(a: &[char], b: &[char]) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    if long.len() - short.len() > 1 || long == short {
        return false;
    }
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let rest = if long.len() == short.len() {
        &short[same + 1..]
    } else {
        &short[same..]
    };
    long[same + 1..] == *rest
}

/// Numbers are not misspelt: GTK 500 is not GTK 600, nor 第一分公司 第二分公司 or 第2分公司.
pub(super) fn same_digits(a: &[char], b: &[char]) -> bool {
    digits(a) == digits(b)
}

pub(super) fn digits(letters: &[char]) -> String {
    const CHINESE: &str = "零一二三四五六七八九";
    letters
        .iter()
        .filter_map(|c| match c {
            '〇' => Some('0'),
            '十' => Some('十'),
            c if c.is_numeric() => Some(*c),
            c => CHINESE
                .chars()
                .zip('0'..='9')
                .find_map(|(own, digit)| (own == *c).then_some(digit)),
        })
        .collect()
}

/// Optimal string alignment: insert, delete, replace, or swap two neighbours, each once.
pub(super) fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}
