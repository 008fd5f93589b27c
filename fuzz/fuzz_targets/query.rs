//! Any text as a query: it is read, or its error has a place in it; what is printed is read back as the same query.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lifeline::query::language::DottedPaths;
use lifeline::query::language::clauses;
use lifeline::query::language::parse;

fuzz_target!(|text: &str| {
    let parsed = match parse(text, &DottedPaths) {
        Ok(parsed) => parsed,
        Err(error) => {
            assert!(error.char_at + error.n_chars <= text.chars().count());
            assert!(text.get(error.span.from..error.span.to).is_some());
            assert_eq!(text[..error.span.from].chars().count(), error.char_at);
            assert_ne!(error.mend.as_deref(), Some(text));
            return;
        }
    };
    let canonical = parsed.query.to_string();
    let again = parse(&canonical, &DottedPaths).expect("canonical text is readable");
    assert_eq!(again.query, parsed.query, "{canonical}");
    assert_eq!(again.query.to_string(), canonical);
    for part in parsed.query.parts() {
        assert!(text.get(part.span.from..part.span.to).is_some());
    }
    let clauses = clauses(text, &DottedPaths).expect("read before");
    let texts: Vec<String> = clauses.into_iter().map(|clause| clause.text).collect();
    let joined = parse(&texts.join(" "), &DottedPaths).expect("clauses are readable");
    assert_eq!(joined.query, parsed.query, "{texts:?}");
});
