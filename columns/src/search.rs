//! A search by halves in what is no slice.

use std::ops::Range;

/// The first place of a range that `is_before` doesn't hold for; it holds for the first ones of them and for no other.
pub fn first_not(places: Range<usize>, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (places.start, places.end);
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_that_of_a_plain_look() {
        for end in 3..12 {
            for wanted in 0..14 {
                let plain = (3..end).find(|&place| place >= wanted).unwrap_or(end);
                assert_eq!(first_not(3..end, |place| place < wanted), plain);
            }
        }
    }
}
