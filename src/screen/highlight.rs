//! The query text cut into clauses, for the colours behind the search field. The text itself is never changed: put
//! together again, the pieces are it.

use crate::query::language::DottedPaths;
use crate::query::language::clauses;

/// A stretch of the text that is drawn alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    pub text: String,
    pub clause: Option<ClausePiece>,
}

/// How a clause's box looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClausePiece {
    pub is_negated: bool,
    /// The bytes of the piece's text that name the field, colon included.
    pub field: (usize, usize),
}

/// Cuts a text; one that can't be read is one plain piece. The clause that `cursor` (bytes) stands in or just after is
/// being typed and gets no box yet.
pub fn pieces(text: &str, cursor: Option<usize>) -> Vec<Piece> {
    let plain = |text: &str| Piece {
        text: text.to_owned(),
        clause: None,
    };
    let Ok(clauses) = clauses(text, &DottedPaths) else {
        return vec![plain(text)];
    };
    let mut pieces = Vec::new();
    let mut done = 0;
    for clause in clauses {
        let (from, to) = (clause.span.from, clause.span.to);
        let (Some(before), Some(own)) = (text.get(done..from), text.get(from..to)) else {
            continue;
        };
        if !before.is_empty() {
            pieces.push(plain(before));
        }
        let is_typed = cursor.is_some_and(|cursor| from <= cursor && cursor <= to);
        pieces.push(Piece {
            text: own.to_owned(),
            clause: (!is_typed).then(|| ClausePiece {
                is_negated: clause.is_negated,
                field: field_of(own),
            }),
        });
        done = to;
    }
    match text.get(done..) {
        Some(rest) if !rest.is_empty() => pieces.push(plain(rest)),
        _ => {}
    }
    pieces
}

/// From after a leading minus or bracket to the first colon outside quotes; empty where there is none.
fn field_of(clause: &str) -> (usize, usize) {
    let start = clause
        .find(|c: char| !matches!(c, '-' | '(' | ' '))
        .unwrap_or(0);
    let mut is_quoted = false;
    for (at, c) in clause.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            ':' if !is_quoted && at > start => return (start, at + 1),
            ' ' if !is_quoted && at > start => return (start, start),
            _ => {}
        }
    }
    (start, start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxes(text: &str, cursor: Option<usize>) -> Vec<String> {
        let boxed = |piece: &Piece| {
            let clause = piece.clause?;
            let (from, to) = clause.field;
            let sign = if clause.is_negated { "not " } else { "" };
            Some(format!(
                "{sign}{}|{}",
                &piece.text[from..to],
                &piece.text[to..]
            ))
        };
        pieces(text, cursor).iter().filter_map(boxed).collect()
    }

    #[test]
    fn each_clause_has_a_box_with_its_field() {
        assert_eq!(
            boxes(
                "action:audit-log.vsi* outcome:failure -who:automation",
                None
            ),
            [
                "action:|audit-log.vsi*",
                "outcome:|failure",
                "not who:|automation"
            ]
        );
    }

    #[test]
    fn the_clause_under_the_cursor_has_none() {
        assert_eq!(
            boxes("outcome:failure who:ja", Some(22)),
            ["outcome:|failure"]
        );
    }

    #[test]
    fn a_text_that_cannot_be_read_is_plain() {
        assert_eq!(pieces("outcome:failure AND (who:jane", None).len(), 1);
    }

    proptest! {
        #[test]
        fn the_pieces_together_are_the_text(text in r#"([a-z]{1,4}|[-:"*() ]|OR|é){0,12}"#) {
            let joined: String = pieces(&text, None).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
