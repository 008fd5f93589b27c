//! What holds for every query and every text.

use proptest::prelude::*;

use super::*;

const PATHS: [&str; 3] = ["requestData.port", "requestData.size", "a b.c:d"];

/// Queries in the parser's normal form.
fn some_query() -> impl Strategy<Value = Query> {
    let text = prop_oneof![
        "[a-z0-9.:/*()\\[\\]<>=\" -]{1,12}",
        "\\PC{1,8}",
        Just("AND".to_owned()),
        Just("none".to_owned()),
        Just("10.0.0.0/8".to_owned()),
        Just("/x/".to_owned()),
    ];
    let pattern =
        prop::collection::vec(prop_oneof![3 => text.prop_map(Some), 1 => Just(None)], 1..4)
            .prop_map(|pieces| {
                let mut pattern = Pattern::default();
                for piece in pieces {
                    match piece {
                        Some(text) => text.chars().for_each(|c| pattern.push(c)),
                        None => pattern.push_any(),
                    }
                }
                pattern
            })
            .prop_filter("a lone star is no word", |pattern| !pattern.is_any());
    let number = (-1_000_000i32..1_000_000).prop_map(|n| Operand::Number(f64::from(n) / 8.0));
    let when = prop::sample::select(vec![
        "2026",
        "2026-03-01Z",
        "2026-03-01T09:14:05.25",
        "now-1d/d",
        "now",
    ])
    .prop_map(|text| When::parse(text).expect("a time"));
    let comparison = prop::sample::select(vec![
        Comparison::AtLeast,
        Comparison::Above,
        Comparison::AtMost,
        Comparison::Below,
    ]);
    let text_subject = prop::sample::select(vec![
        Subject::AnyText,
        Subject::Who,
        Subject::What,
        Subject::Field(Field::Outcome),
        Subject::Field(Field::InitiatorAddress),
        Subject::Path("a b.c:d".into()),
    ]);
    let word = (text_subject.clone(), pattern)
        .prop_map(|(subject, pattern)| (subject, Test::Word(pattern)));
    let regex = (text_subject, "[a-z/ .*]{0,2}[a-z]{1,3}(\\\\.)?").prop_map(|(subject, source)| {
        (
            subject,
            Test::Regex(source.trim_start_matches('*').replace("\\/", "/")),
        )
    });
    let compare = (comparison, number.clone()).prop_map(|(sign, n)| {
        (
            Subject::Path("requestData.size".into()),
            Test::Compare(sign, n),
        )
    });
    let between = (number.clone(), number).prop_map(|(a, b)| {
        let ordered = match (&a, &b) {
            (Operand::Number(x), Operand::Number(y)) if x > y => (b, a),
            _ => (a, b),
        };
        (
            Subject::Field(Field::ReasonCode),
            Test::Between(Some(ordered.0), Some(ordered.1)),
        )
    });
    let time = when.prop_map(|when| {
        let test = match when.is_instant() {
            true => Test::Compare(Comparison::Above, Operand::When(when)),
            false => Test::When(when),
        };
        (Subject::Field(Field::EventTime), test)
    });
    let none = Just((Subject::Field(Field::Severity), Test::None));
    let present = Just((Subject::Path("requestData.port".into()), Test::Present));
    let leaf = prop_oneof![5 => word, 1 => regex, 1 => compare, 1 => between, 1 => time, 1 => none, 1 => present]
        .prop_filter("patterns that compile", |(_, test)| match test {
            Test::Regex(source) => regex_lite::Regex::new(source).is_ok(),
            _ => true,
        })
        .prop_map(|(subject, test)| Expr::term(subject, test, Span::default()));
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| Expr::and(parts, Span::default())),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| Expr::or(parts, Span::default())),
            inner.prop_map(|expr| Expr::not(expr, Span::default())),
        ]
    })
    .prop_map(|expr| Query { expr })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back_as_the_same_query(query in some_query()) {
        let text = query.to_string();
        let parsed = parse(&text, &PATHS[..]);
        prop_assert_eq!(parsed.map(|p| p.query), Ok(query), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic_and_every_place_is_in_the_text(
        text in "([a-z]{0,3}|who:|time:|reason:|requestData.size:|[ ()\\[\\]\"\\\\/*<>=:-]|OR|AND|NOT|TO|now|é|[0-9]{1,4}){0,14}",
    ) {
        match parse(&text, &PATHS[..]) {
            Ok(parsed) => {
                let canonical = parsed.query.to_string();
                let again = parse(&canonical, &PATHS[..]).expect("canonical text is readable");
                prop_assert_eq!(&again.query, &parsed.query);
                prop_assert_eq!(again.query.to_string(), canonical);
                for part in parsed.query.parts() {
                    prop_assert!(text.get(part.span.from..part.span.to).is_some());
                }
                let texts: Vec<String> = clauses(&text, &PATHS[..]).expect("read before").into_iter().map(|c| c.text).collect();
                let joined = parse(&texts.join(" "), &PATHS[..]).expect("clauses are readable");
                prop_assert_eq!(joined.query, parsed.query, "{:?}", texts);
                for note in parsed.notes {
                    prop_assert!(!note.span.of(&text).is_empty());
                    if let Some(mend) = note.mend { prop_assert!(mend != text); }
                }
            }
            Err(error) => {
                prop_assert!(error.char_at + error.n_chars <= text.chars().count());
                prop_assert!(text.get(error.span.from..error.span.to).is_some());
                prop_assert_eq!(text[..error.span.from].chars().count(), error.char_at);
                prop_assert_ne!(error.mend.as_deref(), Some(text.as_str()));
            }
        }
    }

    #[test]
    fn a_value_that_is_added_is_filtered_for_and_removing_it_gives_the_clauses_back(
        query in some_query(), value in "\\PC{1,8}",
    ) {
        let text = query.to_string();
        let subject = Subject::Field(Field::InitiatorName);
        let value = FacetValue::Text(value);
        let added = Edit::Add(subject.clone(), value.clone()).apply(&text, &PATHS[..]).expect("readable");
        let parsed = parse(&added, &PATHS[..]).expect("still readable").query;
        prop_assert_eq!(parsed.state_of(&subject, &value), Some(true));
        let removed = Edit::Remove(subject, value).apply(&added, &PATHS[..]).expect("still readable");
        prop_assert_eq!(parse(&removed, &PATHS[..]).expect("readable").query, query);
    }
}
