//! Text without regard to case: each character's own lower case, wherever it stands.

include!(concat!(env!("OUT_DIR"), "/lowercase_runs.rs"));

/// What text is compared as. Not what to print: a sigma at a word's end is like any other.
pub fn lowercase(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        push_lower(&mut lower, c);
    }
    lower
}

pub fn push_lower(text: &mut String, c: char) {
    match c {
        '\0'..='\u{7f}' => text.push(c.to_ascii_lowercase()),
        // The only one whose lower case is two characters.
        'İ' => text.push_str("i\u{307}"),
        _ => text.push(lower(c)),
    }
}

fn lower(c: char) -> char {
    let at = u32::from(c);
    let next = RUNS.partition_point(|(first, ..)| *first <= at);
    let Some((first, last, step, distance)) = next.checked_sub(1).map(|run| RUNS[run]) else {
        return c;
    };
    if at > last || !(at - first).is_multiple_of(step) {
        return c;
    }
    at.checked_add_signed(distance)
        .and_then(char::from_u32)
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "what ours is held against")]
    fn it_is_what_unicode_says_for_every_character() {
        for c in '\0'..=char::MAX {
            let mut ours = String::new();
            push_lower(&mut ours, c);
            assert_eq!(ours, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
