//! What each key does: one table that the keyboard, the list of keys and the palette read. Knows no event.

use crate::link::View;

/// What a key asks for. A view answers those that it knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Act {
    Search,
    Keys,
    Palette,
    Show(View),
    Down,
    Up,
    Open,
    Back,
    FilterOut,
    FilterFor,
    NextMatch,
    PreviousMatch,
    NextFailure,
    PreviousFailure,
    NextCorrelated,
    PreviousCorrelated,
    NextOfResource,
    PreviousOfResource,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    Fit,
    Pin,
    Relate,
    Align,
    ToggleZone,
    /// What is drawn, as a table, or back.
    Table,
    /// The fleet at the instant that the cursor or the pointer is on.
    FleetHere,
}

/// A line of the list of keys.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub act: Act,
    /// As the keyboard reports it, after `g ` for the second of two: `j`, `g e`, `Ctrl+K`.
    pub caps: &'static str,
    pub words: &'static str,
}

/// All keys, in the order of the list.
pub const KEYS: [Key; 32] = [
    key(Act::Search, "/", "search"),
    key(Act::Keys, "?", "all keys"),
    key(Act::Palette, "Ctrl+K", "do anything by its name"),
    key(Act::Show(View::Events), "g e", "Events"),
    key(Act::Show(View::Timeline), "g t", "Timeline"),
    key(Act::Show(View::Resources), "g r", "Resources"),
    key(Act::Down, "j", "next row"),
    key(Act::Up, "k", "previous row"),
    key(Act::Open, "Enter", "open the detail"),
    key(Act::Open, "Space", "open the detail"),
    key(Act::Back, "Esc", "back"),
    key(Act::FilterFor, "f", "filter for this value"),
    key(Act::FilterOut, "x", "filter this value out"),
    key(Act::NextMatch, "n", "next match"),
    key(Act::PreviousMatch, "N", "previous match"),
    key(Act::NextFailure, "e", "next failure"),
    key(Act::PreviousFailure, "E", "previous failure"),
    key(Act::NextCorrelated, "o", "next of the same correlation"),
    key(
        Act::PreviousCorrelated,
        "O",
        "previous of the same correlation",
    ),
    key(
        Act::PreviousOfResource,
        "[",
        "previous event of the same resource",
    ),
    key(Act::NextOfResource, "]", "next event of the same resource"),
    key(Act::ZoomIn, "w", "zoom in"),
    key(Act::ZoomOut, "s", "zoom out"),
    key(Act::PanLeft, "a", "earlier"),
    key(Act::PanRight, "d", "later"),
    key(Act::Fit, "0", "fit all of the time"),
    key(Act::FleetHere, "i", "the fleet at this instant"),
    key(Act::Table, "t", "what is drawn, as a table"),
    key(Act::Pin, "p", "pin or unpin a lane"),
    key(Act::Relate, "c", "join events of the same correlation"),
    key(Act::Align, "l", "align two lanes on an event of each"),
    key(Act::ToggleZone, "u", "UTC or local time"),
];

/// What a pressed key asks for; `after_g` where `g` was pressed just before.
pub fn act_of(pressed: &str, has_control: bool, after_g: bool) -> Option<Act> {
    if has_control {
        return pressed.eq_ignore_ascii_case("k").then_some(Act::Palette);
    }
    let wanted = match (after_g, pressed) {
        (true, letter) => format!("g {letter}"),
        (false, " ") => "Space".into(),
        (false, "Escape") => "Esc".into(),
        (false, "ArrowDown") => return Some(Act::Down),
        (false, "ArrowUp") => return Some(Act::Up),
        (false, other) => other.into(),
    };
    KEYS.iter()
        .find(|key| key.caps == wanted)
        .map(|key| key.act)
}

/// A single letter or sign, which the setting turns off.
pub fn is_single(pressed: &str) -> bool {
    pressed.chars().count() == 1 && pressed != " "
}

const fn key(act: Act, caps: &'static str, words: &'static str) -> Key {
    Key { act, caps, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_list_does_what_the_list_says() {
        for key in KEYS {
            let act = match key.caps.split_once(' ') {
                Some(("g", letter)) => act_of(letter, false, true),
                _ if key.caps == "Ctrl+K" => act_of("k", true, false),
                _ => act_of(key.caps.replace("Space", " ").as_str(), false, false),
            };
            assert_eq!(act, Some(key.act), "{}", key.caps);
        }
    }

    #[test]
    fn a_view_s_letter_alone_is_something_else() {
        assert_eq!(act_of("e", false, false), Some(Act::NextFailure));
        assert_eq!(act_of("e", false, true), Some(Act::Show(View::Events)));
        assert_eq!(act_of("t", false, false), Some(Act::Table));
        assert_eq!(act_of("t", false, true), Some(Act::Show(View::Timeline)));
        assert_eq!(act_of("r", false, false), None);
    }
}
