//! The clauses beside the one at the cursor: counts are made inside them. Reads text that is no query yet.

use crate::query::language::Completing;
use crate::query::language::Query;
use crate::query::language::Vocabulary;
use crate::query::language::clauses;
use crate::query::language::parse;

/// The query's other parts.
#[derive(Debug)]
pub struct Others {
    /// Each with the words of its chip. `None` where the rest of the text can't be read: then nothing can be counted.
    parts: Option<Vec<(String, Query)>>,
}

impl Others {
    /// What is left when the part that holds the word is taken out.
    pub fn of<V: Vocabulary + ?Sized>(text: &str, word: &Completing, vocabulary: &V) -> Others {
        Others {
            parts: parts(text, word, vocabulary),
        }
    }

    pub fn is_readable(&self) -> bool {
        self.parts.is_some()
    }

    pub fn parts(&self) -> &[(String, Query)] {
        self.parts.as_deref().unwrap_or(&[])
    }

    /// All of them; everything where they can't be read.
    pub fn query(&self) -> Query {
        self.and(Query::all())
    }

    /// These and one more.
    pub fn and(&self, more: Query) -> Query {
        let parts = self.parts().iter().map(|(_, part)| part.clone());
        Query::all_of(parts.chain([more]))
    }
}

fn parts<V: Vocabulary + ?Sized>(
    text: &str,
    word: &Completing,
    vocabulary: &V,
) -> Option<Vec<(String, Query)>> {
    let at = word.replace.from;
    let (head, tail) = (text.get(..at)?, text.get(word.replace.to..)?);
    // A star can stand wherever a word can.
    let mut text = format!("{head}*{tail}");
    if let Err(error) = parse(&text, vocabulary) {
        // An open bracket before the cursor is closed behind it.
        text = error.mend.filter(|mend| mend.starts_with(&text))?;
    }
    let query = parse(&text, vocabulary).ok()?.query;
    let clauses = clauses(&text, vocabulary).ok()?;
    let parts = query.parts().iter().zip(clauses);
    let others = parts.filter(|(part, _)| !(part.span.from <= at && at < part.span.to));
    Some(
        others
            .map(|(part, clause)| (clause.text, Query { expr: part.clone() }))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::language::NoPaths;

    #[test]
    fn the_part_at_the_cursor_is_left_out_of_the_others() {
        for (marked, others) in [
            ("|", Some("")),
            ("outcome:failure who:ja|", Some("outcome:failure")),
            ("who:ja| outcome:failure", Some("outcome:failure")),
            ("a -who:| b", Some("a b")),
            ("a b|", Some("a")),
            ("a -b|", Some("a")),
            ("a who:(x OR ja| b", Some("a")),
            ("a who:(x OR ja|) b", Some("a b")),
            ("a (who:x OR who:ja|", Some("a")),
            ("a OR who:ja|", Some("")),
            ("who:\"Jane R|", Some("")),
            ("reason:[4 who:ja|", None),
        ] {
            let cursor = marked.chars().position(|c| c == '|').expect("a cursor");
            let text = marked.replacen('|', "", 1);
            let word = Completing::at(&text, cursor, &NoPaths).expect(marked);
            let found = Others::of(&text, &word, &NoPaths);
            let words = found.is_readable().then(|| found.query().to_string());
            assert_eq!(words.as_deref(), others, "{marked}");
        }
    }
}
