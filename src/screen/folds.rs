//! Which rows of a list stand in it while some are folded into others: lines on the screen, and places in the list.
//! Knows no heights and no words.

use crate::protocol::Fold;
use crate::sorting;

/// A row that others are folded into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    pub place: usize,
    pub n_parts: usize,
    pub is_open: bool,
}

/// All rows but those that are folded away.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lines {
    n_places: usize,
    /// By place.
    heads: Vec<Head>,
    /// Every part with its head, by the part's place.
    parts: Vec<(usize, usize)>,
    /// Places that stand on no line, in order.
    away: Vec<usize>,
}

impl Lines {
    /// `is_open` says of a head's place whether its parts stand in the list, each in its own place.
    pub fn new(n_places: usize, folds: &[Fold], is_open: impl Fn(usize) -> bool) -> Self {
        let mut lines = Lines {
            n_places,
            ..Lines::default()
        };
        for fold in folds {
            let place = fold.head as usize;
            let parts = fold.parts.iter().map(|part| *part as usize);
            let parts = parts.filter(|part| *part < n_places && *part != place);
            let before = lines.parts.len();
            lines.parts.extend(parts.map(|part| (part, place)));
            let n_parts = lines.parts.len() - before;
            if place >= n_places || n_parts == 0 {
                lines.parts.truncate(before);
                continue;
            }
            let is_open = is_open(place);
            if !is_open {
                let folded = lines.parts[before..].iter().map(|(part, _)| *part);
                lines.away.extend(folded);
            }
            lines.heads.push(Head {
                place,
                n_parts,
                is_open,
            });
        }
        sorting::sort_by_key(&mut lines.heads, |head| head.place);
        sorting::sort_by_key(&mut lines.parts, |part| *part);
        sorting::sort_by_key(&mut lines.away, |place| *place);
        lines
    }

    /// How many lines there are.
    pub fn n(&self) -> usize {
        self.n_places - self.away.len()
    }

    pub fn has_folded(&self) -> bool {
        !self.away.is_empty()
    }

    pub fn place_at(&self, line: usize) -> Option<usize> {
        if line >= self.n() {
            return None;
        }
        // So many of those away stand before the line's place: each one before it moved it on by one.
        let (mut low, mut high) = (0, self.away.len());
        while low < high {
            let middle = (low + high) / 2;
            match self.away[middle] - middle <= line {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        Some(line + low)
    }

    /// `None` where it is folded away.
    pub fn line_of(&self, place: usize) -> Option<usize> {
        if place >= self.n_places {
            return None;
        }
        let before = self.away.partition_point(|away| *away < place);
        (self.away.get(before) != Some(&place)).then(|| place - before)
    }

    /// The line that it stands on, or the row that it is folded into.
    pub fn standing_line(&self, place: usize) -> Option<usize> {
        self.line_of(place)
            .or_else(|| self.line_of(self.head_of(place)?))
    }

    /// What a row's parts are, where it has any.
    pub fn head_at(&self, place: usize) -> Option<Head> {
        let found = self.heads.binary_search_by_key(&place, |head| head.place);
        found.ok().map(|index| self.heads[index])
    }

    /// The place of the row that this one is a part of, folded away or not.
    pub fn head_of(&self, place: usize) -> Option<usize> {
        let found = self.parts.binary_search_by_key(&place, |(part, _)| *part);
        found.ok().map(|index| self.parts[index].1)
    }

    /// The places that so many lines span: the first, and how many with those that are folded away between them.
    pub fn span(&self, first_line: usize, n_lines: usize) -> (usize, usize) {
        let last = (first_line + n_lines).min(self.n()).saturating_sub(1);
        match (self.place_at(first_line), self.place_at(last)) {
            (Some(from), Some(to)) if from <= to => (from, to + 1 - from),
            _ => (self.n_places, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(head: u32, parts: &[u32]) -> Fold {
        Fold {
            head,
            parts: parts.to_vec(),
        }
    }

    /// The places on the lines, folded away ones left out.
    fn shown(lines: &Lines) -> Vec<usize> {
        (0..lines.n())
            .map(|line| lines.place_at(line).expect("a line"))
            .collect()
    }

    #[test]
    fn parts_stand_on_no_line_until_their_head_is_unfolded() {
        let folds = [fold(1, &[2, 4]), fold(5, &[6])];
        let lines = Lines::new(8, &folds, |_| false);
        assert_eq!(shown(&lines), [0, 1, 3, 5, 7]);
        let lines = Lines::new(8, &folds, |head| head == 1);
        assert_eq!(shown(&lines), [0, 1, 2, 3, 4, 5, 7]);
        assert!(lines.has_folded());
        assert!(!Lines::new(8, &folds, |_| true).has_folded());
    }

    #[test]
    fn a_part_that_is_folded_away_stands_where_its_head_does() {
        let lines = Lines::new(6, &[fold(3, &[1, 4])], |_| false);
        assert_eq!(lines.line_of(4), None);
        assert_eq!(lines.standing_line(4), Some(2));
        assert_eq!(lines.standing_line(1), Some(2));
        assert_eq!(lines.head_of(4), Some(3));
        assert_eq!(lines.head_of(3), None);
        let head = lines.head_at(3).expect("a head");
        assert_eq!((head.n_parts, head.is_open), (2, false));
    }

    #[test]
    fn the_rows_behind_some_lines_are_asked_for_with_what_is_folded_between_them() {
        let lines = Lines::new(10, &[fold(1, &[2, 3, 4])], |_| false);
        assert_eq!(lines.span(0, 3), (0, 6));
        assert_eq!(lines.span(2, 100), (5, 5));
        assert_eq!(lines.span(50, 3), (10, 0));
    }

    #[test]
    fn a_fold_of_rows_that_are_not_there_folds_nothing() {
        let lines = Lines::new(3, &[fold(7, &[1]), fold(0, &[9])], |_| false);
        assert_eq!(shown(&lines), [0, 1, 2]);
        assert_eq!(lines.head_at(0), None);
        assert_eq!(lines.head_of(1), None);
    }

    proptest! {
        #[test]
        fn every_place_is_on_one_line_or_away(
            n in 0usize..60,
            cuts in proptest::collection::vec((0u32..60, 1u32..5, any::<bool>()), 0..8),
        ) {
            let mut taken = 0;
            let mut folds = Vec::new();
            let mut open = Vec::new();
            for (gap, n_parts, is_open) in cuts {
                let head = taken + gap % 7;
                folds.push(fold(head, &(head + 1..=head + n_parts).collect::<Vec<_>>()));
                taken = head + n_parts + 1;
                if is_open {
                    open.push(head as usize);
                }
            }
            let lines = Lines::new(n, &folds, |head| open.contains(&head));
            let on_lines = shown(&lines);
            prop_assert!(on_lines.is_sorted());
            for place in 0..n {
                let line = lines.line_of(place);
                prop_assert_eq!(line.is_some(), on_lines.contains(&place));
                if let Some(line) = line {
                    prop_assert_eq!(lines.place_at(line), Some(place));
                }
                prop_assert!(lines.standing_line(place).is_some());
            }
        }
    }
}
