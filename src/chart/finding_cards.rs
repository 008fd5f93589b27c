//! Findings beside a list of rows: where each card stands, which have room for all their words, and the lines that join
//! them to their events' rows. Knows neither the words nor how the cards are drawn.

use reading::decimal::rounded;

use super::within;
use crate::sorting;

/// Between the list and the cards: where the lines run.
pub const CONNECTOR_PX: f64 = 28.0;
/// Between two cards.
pub const GAP_PX: f64 = 12.0;
/// A card whose words have no room.
pub const SMALL_PX: f64 = 32.0;
/// From a card's upper edge to the middle of its first line.
const FIRST_LINE_PX: f64 = 16.0;
/// Where a line begins: the dot beside the row.
const DOT_X: f64 = 3.0;

/// A card that should stand beside a row.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Wish {
    /// The middle of its row.
    pub at_y: f64,
    /// Its height with all its words.
    pub full_px: f64,
    /// Has one line and no more to say.
    pub is_short: bool,
    /// The weightier ones get what room there is.
    pub weight: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Full,
    /// Its first line alone.
    Small,
    /// No room is left for it.
    Out,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placed {
    pub form: Form,
    pub top: f64,
    pub height: f64,
}

/// Places cards between `top` and `bottom`, each as near to its row as the others let it; none overlaps another. The
/// wishes come in the order of their rows.
pub fn place_cards(wishes: &[Wish], top: f64, bottom: f64) -> Vec<Placed> {
    let forms = forms(wishes, bottom - top + GAP_PX);
    let mut placed: Vec<Placed> = wishes
        .iter()
        .zip(&forms)
        .map(|(wish, form)| Placed {
            form: *form,
            top,
            height: height(wish, *form),
        })
        .collect();
    let shown: Vec<usize> = (0..wishes.len())
        .filter(|index| forms[*index] != Form::Out)
        .collect();
    // Without their own heights between them cards need only stay in order: each then takes the mean of those that it
    // pushes, which moves all of them together as little as can be.
    let mut before = 0.0;
    let mut runs: Vec<(f64, usize)> = Vec::new();
    for index in &shown {
        let mut run = (wishes[*index].at_y - FIRST_LINE_PX - before, 1);
        while let Some((last, n)) =
            runs.pop_if(|(last, n)| *last / *n as f64 > run.0 / run.1 as f64)
        {
            run = (last + run.0, n + run.1);
        }
        runs.push(run);
        before += placed[*index].height + GAP_PX;
    }
    let room = (bottom - top - (before - GAP_PX)).max(0.0);
    let tops = runs
        .iter()
        .flat_map(|(sum, n)| std::iter::repeat_n(sum / *n as f64, *n));
    let mut before = 0.0;
    for (index, from_top) in shown.iter().zip(tops) {
        placed[*index].top = within(from_top, top, top + room) + before;
        before += placed[*index].height + GAP_PX;
    }
    placed
}

/// As many as there is room for get their first line, as many of those as there is room for all their words.
fn forms(wishes: &[Wish], mut room: f64) -> Vec<Form> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    sorting::sort_by_key(&mut order, |index| {
        (std::cmp::Reverse(wishes[*index].weight), *index)
    });
    let mut forms = vec![Form::Out; wishes.len()];
    for (to, from) in [(Form::Small, Form::Out), (Form::Full, Form::Small)] {
        for index in &order {
            let grows = height(&wishes[*index], to) - height(&wishes[*index], from);
            let grows = grows + if from == Form::Out { GAP_PX } else { 0.0 };
            if forms[*index] == from && grows <= room {
                room -= grows;
                forms[*index] = to;
            }
        }
    }
    forms
}

fn height(wish: &Wish, form: Form) -> f64 {
    match form {
        Form::Out => 0.0,
        Form::Small => SMALL_PX,
        Form::Full if wish.is_short => SMALL_PX,
        Form::Full => wish.full_px.max(SMALL_PX),
    }
}

/// What joins one card to its rows.
#[derive(Clone, PartialEq, Debug)]
pub struct Joint {
    /// Where its dots are, one for each row in sight.
    pub dots: Vec<(f64, f64)>,
    /// The lines as one SVG path.
    pub path: String,
}

/// Joins a card to the middles of its rows: straight where the card stands beside them all, else bent.
pub fn joint(rows_y: &[f64], card: &Placed) -> Joint {
    let n = rows_y.len().max(1) as f64;
    let middle = rows_y.iter().sum::<f64>() / n;
    let edge = FIRST_LINE_PX.min(card.height / 2.0);
    let to_y = within(middle, card.top + edge, card.top + card.height - edge);
    let mut path = String::new();
    for y in rows_y {
        if !path.is_empty() {
            path.push(' ');
        }
        path.push_str(&line(*y, to_y));
    }
    Joint {
        dots: rows_y.iter().map(|y| (DOT_X, *y)).collect(),
        path,
    }
}

fn line(from_y: f64, to_y: f64) -> String {
    let n = |length| rounded(length, 1);
    let bend = CONNECTOR_PX / 2.0;
    match (from_y - to_y).abs() < 0.5 {
        true => format!(
            "M{} {}L{} {}",
            n(DOT_X),
            n(from_y),
            n(CONNECTOR_PX),
            n(to_y)
        ),
        false => format!(
            "M{} {}C{} {} {} {} {} {}",
            n(DOT_X),
            n(from_y),
            n(bend),
            n(from_y),
            n(bend),
            n(to_y),
            n(CONNECTOR_PX),
            n(to_y)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(at_y: f64, full_px: f64) -> Wish {
        Wish {
            at_y,
            full_px,
            is_short: false,
            weight: 0,
        }
    }

    fn tops(wishes: &[Wish], bottom: f64) -> Vec<f64> {
        let placed = place_cards(wishes, 0.0, bottom);
        placed.iter().map(|card| card.top).collect()
    }

    #[test]
    fn a_card_alone_has_its_first_line_beside_its_row() {
        assert_eq!(tops(&[wish(100.0, 90.0)], 600.0), [84.0]);
    }

    #[test]
    fn cards_that_would_overlap_are_pushed_apart_by_the_same() {
        let placed = tops(&[wish(200.0, 90.0), wish(228.0, 90.0)], 600.0);
        assert_eq!(placed, [147.0, 249.0]);
        // 102 apart: the height and the gap; both moved by 37.
        assert_eq!((184.0 - placed[0], placed[1] - 212.0), (37.0, 37.0));
    }

    #[test]
    fn no_card_leaves_the_room_that_there_is() {
        assert_eq!(
            tops(&[wish(14.0, 90.0), wish(28.0, 90.0)], 600.0),
            [0.0, 102.0]
        );
        assert_eq!(
            tops(&[wish(570.0, 90.0), wish(590.0, 90.0)], 600.0),
            [408.0, 510.0]
        );
    }

    #[test]
    fn where_not_all_have_room_the_weightier_ones_keep_their_words() {
        let mut wishes = [wish(20.0, 90.0), wish(50.0, 90.0), wish(80.0, 90.0)];
        wishes[1].weight = 5;
        let forms = |wishes: &[Wish], bottom| -> Vec<Form> {
            let placed = place_cards(wishes, 0.0, bottom);
            placed.iter().map(|card| card.form).collect()
        };
        assert_eq!(forms(&wishes, 300.0), [Form::Full; 3]);
        assert_eq!(forms(&wishes, 240.0), [Form::Full, Form::Full, Form::Small]);
        assert_eq!(
            forms(&wishes, 180.0),
            [Form::Small, Form::Full, Form::Small]
        );
        assert_eq!(forms(&wishes, 80.0), [Form::Small, Form::Small, Form::Out]);
        assert_eq!(forms(&wishes, 10.0), [Form::Out; 3]);
    }

    #[test]
    fn a_line_is_straight_where_the_card_stands_beside_its_row_and_else_bent() {
        let card = Placed {
            form: Form::Full,
            top: 100.0,
            height: 90.0,
        };
        let straight = joint(&[120.0], &card);
        assert_eq!(straight.path, "M3.0 120.0L28.0 120.0");
        assert_eq!(straight.dots, [(3.0, 120.0)]);
        let bent = joint(&[200.0, 260.0], &card);
        assert_eq!(
            bent.path,
            "M3.0 200.0C14.0 200.0 14.0 174.0 28.0 174.0 M3.0 260.0C14.0 260.0 14.0 174.0 28.0 174.0"
        );
    }

    proptest! {
        #[test]
        fn cards_keep_their_order_never_overlap_and_stay_inside(
            rows in proptest::collection::vec((0.0f64..600.0, 40.0f64..160.0, 0u32..4, any::<bool>()), 0..12),
            bottom in 0.0f64..700.0,
        ) {
            let mut wishes: Vec<Wish> = rows
                .into_iter()
                .map(|(at_y, full_px, weight, is_short)| Wish { at_y, full_px, weight, is_short })
                .collect();
            wishes.sort_by(|a, b| a.at_y.total_cmp(&b.at_y));
            let placed = place_cards(&wishes, 0.0, bottom);
            let shown: Vec<&Placed> = placed.iter().filter(|card| card.form != Form::Out).collect();
            for card in &shown {
                prop_assert!(card.top >= -1e-9 && card.top + card.height <= bottom + 1e-6, "{card:?}");
            }
            for pair in shown.windows(2) {
                prop_assert!(pair[0].top + pair[0].height + GAP_PX <= pair[1].top + 1e-6);
            }
        }
    }
}
