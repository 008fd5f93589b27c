//! The language as people use it.

use super::*;
use crate::time::Timestamp;

const PATHS: [&str; 4] = [
    "requestData.port",
    "requestData.size",
    "responseData.at",
    "a b.c:d",
];

fn query(text: &str) -> Query {
    match parse(text, &PATHS[..]) {
        Ok(parsed) => parsed.query,
        Err(error) => panic!("{text}: {error}"),
    }
}

fn shown(text: &str) -> String {
    query(text).to_string()
}

fn error(text: &str) -> (String, Option<String>) {
    match parse(text, &PATHS[..]) {
        Ok(parsed) => panic!("{text} was read as {}", parsed.query),
        Err(error) => (error.to_string(), error.mend),
    }
}

fn notes(text: &str) -> Vec<String> {
    let parsed = parse(text, &PATHS[..]).expect(text);
    parsed.notes.iter().map(ToString::to_string).collect()
}

#[test]
fn not_binds_closer_than_and_and_and_closer_than_or() {
    for (text, canonical) in [
        ("a b OR c", "(a b) OR c"),
        ("a OR b c", "a OR (b c)"),
        ("NOT a b", "-a b"),
        ("NOT a OR b", "-a OR b"),
        ("a AND NOT b OR c AND d", "(a -b) OR (c d)"),
        ("(a OR b) c", "(a OR b) c"),
        ("NOT (a b)", "-(a b)"),
        ("-(a OR b)", "-(a OR b)"),
        ("NOT NOT a", "a"),
        ("((a))", "a"),
        ("a (b (c d))", "a b c d"),
        ("  ", ""),
        ("*", ""),
        ("a *", "a"),
        ("-*", "-*"),
        (
            "outcome:failure -who:automation",
            "outcome:failure -who:automation",
        ),
    ] {
        assert_eq!(shown(text), canonical, "{text}");
    }
}

#[test]
fn values_of_one_field_print_as_one_clause() {
    for (text, canonical) in [
        (
            "outcome:(failure OR pending)",
            "outcome:(failure OR pending)",
        ),
        (
            "outcome:failure OR outcome:pending",
            "outcome:(failure OR pending)",
        ),
        ("outcome:(failure)", "outcome:failure"),
        ("-outcome:(a OR b)", "-outcome:(a OR b)"),
        ("who:(jane bob)", "who:jane who:bob"),
        ("reason:(>=400 <500)", "reason:>=400 reason:<500"),
        ("who:(jane OR NOT bob)", "who:jane OR -who:bob"),
        (
            "time:(2026-03-01 OR 2026-03-02T10:00)",
            "time:(2026-03-01 OR 2026-03-02T10:00)",
        ),
        ("ip:(fe80::1 OR 10.0.0.0/8)", "ip:(fe80::1 OR 10.0.0.0/8)"),
    ] {
        assert_eq!(shown(text), canonical, "{text}");
    }
}

#[test]
fn names_are_aliases_cadf_fields_and_paths_held() {
    for (text, canonical) in [
        ("initiator.host.address:10.1.2.3", "ip:10.1.2.3"),
        ("eventTime:2026-03-01", "time:2026-03-01"),
        ("reason.reasonCode:403", "reason:403"),
        ("what:web-7", "what:web-7"),
        ("target.alias:x", "target.alias:x"),
        ("requestData.port:eth0", "requestData.port:eth0"),
        (r"a\ b.c\:d:1", r"a\ b.c\:d:1"),
        (r#""a b.c:d":1"#, r"a\ b.c\:d:1"),
        ("source.region:us-south", "source.region:us-south"),
    ] {
        assert_eq!(shown(text), canonical, "{text}");
        assert_eq!(notes(text), Vec::<String>::new());
    }
}

#[test]
fn an_unknown_name_makes_the_whole_token_text_and_is_noted() {
    let crn = "crn:v1:bluemix:public:kms:us-south:a/a1:fd69::";
    assert_eq!(shown(crn), format!("\"{crn}\""));
    assert_eq!(
        notes(crn),
        ["crn is no field of these events: the whole of it is searched as text"]
    );
    for text in [
        "2001:db8::1",
        "10:15:30",
        "https://example.com/x",
        "requestData.none:1",
    ] {
        assert_eq!(shown(text), format!("\"{text}\""), "{text}");
        assert_eq!(notes(text).len(), 1, "{text}");
    }
    assert_eq!(shown("foo:\"a b\"c*"), r"foo\:a\ bc*");
    let parsed = parse("x Outcom:failure", &NoPaths).expect("readable");
    assert_eq!(parsed.notes[0].mend.as_deref(), Some("x outcome:failure"));
    assert_eq!(parsed.notes[0].span, Span::new(2, 16));
    // A colon in quotes or escaped ends no name.
    assert_eq!(shown(r#""who:jane" who\:jane"#), r#""who:jane" "who:jane""#);
    assert_eq!(notes(r#""who:jane" who\:jane"#), Vec::<String>::new());
}

#[test]
fn what_may_be_meant_otherwise_is_noted() {
    assert_eq!(
        notes("a or b"),
        ["or is searched as a word; in capitals it joins: OR"]
    );
    assert_eq!(
        notes("reason>=400"),
        ["reason>=400 is searched as text; a comparison needs a colon after the field"]
    );
    let parsed = parse("reason>=400 x", &NoPaths).expect("readable");
    assert_eq!(parsed.notes[0].mend.as_deref(), Some("reason:>=400 x"));
    assert_eq!(
        notes("ip:192.0.2.0/24172"),
        ["192.0.2.0/24172 is compared as text: a prefix length is at most 32"]
    );
    assert_eq!(notes("a \"or\" b"), Vec::<String>::new());
    // As many as a pasted sentence has: each is judged once, not each order of them.
    let long = ["a"; 40].join(" or ");
    assert_eq!(notes(&long).len(), 39);
}

#[test]
fn quotes_and_escapes_make_signs_literal() {
    for (text, canonical) in [
        (r#"what:"my server""#, r#"what:"my server""#),
        (r"what:my\ server", r#"what:"my server""#),
        (r#"what:"a\"b\\c\d""#, r#"what:"a\"b\\c\\d""#),
        (r#"what:"web*""#, r#"what:"web*""#),
        (r"what:web\*", r#"what:"web*""#),
        (r#"what:"my server"*"#, r"what:my\ server*"),
        (r#"what:"web""#, "what:web"),
        (r#"what:"none""#, r#"what:"none""#),
        ("what:none", "what:none"),
        (r#"ip:"10.0.0.0/8""#, r#"ip:"10.0.0.0/8""#),
        (r#""AND""#, r#""AND""#),
        (r#""-x""#, r#""-x""#),
        (r"\-x", r#""-x""#),
        ("-", "\"-\""),
        (r#"what:"""#, r#"what:"""#),
        ("what:**", "what:*"),
        ("what:a**b", "what:a*b"),
        ("/var/log/messages", "\"/var/log/messages\""),
        ("/power.off/", "/power.off/"),
        (r"message:/a\/b\\/", r"message:/a\/b\\/"),
        ("message:/power (on|off)$/", "message:/power (on|off)$/"),
        ("reason:[400 TO 499]", "reason:[400 TO 499]"),
        ("reason:[* TO 499]", "reason:[* TO 499]"),
        ("reason:[* TO *]", "reason:*"),
        ("time:[2026-03-01 TO now]", "time:[2026-03-01 TO now]"),
        (
            "time:[\"2026-03-01 09:14\" TO *]",
            "time:[2026-03-01T09:14 TO *]",
        ),
        ("requestData.size:>-1.50", "requestData.size:>-1.5"),
        ("Mozilla/5.0(X11)", "Mozilla/5.0 X11"),
    ] {
        assert_eq!(shown(text), canonical, "{text}");
        assert_eq!(shown(canonical), canonical, "{canonical}");
    }
}

#[test]
fn an_error_marks_its_place_and_says_what_was_expected() {
    for (text, words, mend) in [
        (
            "outcome:failure who:(jane",
            "At character 21: this bracket is never closed",
            Some("outcome:failure who:(jane)"),
        ),
        (
            "(a (b",
            "At character 4: this bracket is never closed",
            Some("(a (b)"),
        ),
        (
            "a) b",
            "At character 2: this bracket was never opened",
            Some("a b"),
        ),
        (
            "a () b",
            "At character 3: something to search for was expected between these brackets",
            Some("a b"),
        ),
        (
            "who:\"jane",
            "At character 5: this quote is never closed",
            Some("who:\"jane\""),
        ),
        (
            "a OR",
            "At character 3: something to search for was expected after OR",
            Some("a"),
        ),
        (
            "OR a",
            "At character 1: something to search for was expected before OR",
            Some("a"),
        ),
        (
            "a AND AND b",
            "At character 3: something to search for was expected after AND",
            Some("a AND b"),
        ),
        (
            "(a OR) b",
            "At character 4: something to search for was expected after OR",
            Some("(a) b"),
        ),
        (
            "a NOT",
            "At character 3: something to search for was expected after NOT",
            Some("a"),
        ),
        (
            "x who: jane",
            "At character 3: a value was expected right after who: (or * for any value)",
            Some("x who:jane"),
        ),
        (
            "who:",
            "At character 1: a value was expected right after who: (or * for any value)",
            None,
        ),
        (
            "reason:>= 400",
            "At character 8: a number or a time was expected right after >=",
            Some("reason:>=400"),
        ),
        (
            "reason:>=4xx",
            "At character 10: a number was expected, not 4xx",
            None,
        ),
        (
            "time:10:00",
            "At character 6: a date or time was expected, such as 2026-03-01, 2026-03-01T09:14 or now-7d, not 10:00",
            None,
        ),
        (
            "time:now-7d",
            "At character 6: now-7d is a single instant; write >=now-7d for everything since",
            Some("time:>=now-7d"),
        ),
        (
            "what:>x",
            "At character 7: a number or a time was expected, such as 400, 2026-03-01 or now-7d, not x",
            None,
        ),
        (
            "reason:[400 TO 499",
            "At character 8: this range is never closed with ]",
            Some("reason:[400 TO 499]"),
        ),
        (
            "reason:[400 499]",
            "At character 13: TO was expected between the two ends of this range, as in [400 TO 499]",
            None,
        ),
        (
            "reason:[499 TO 400]",
            "At character 8: this range ends before it begins",
            Some("reason:[400 TO 499]"),
        ),
        (
            "requestData.size:[1 TO now]",
            "At character 18: one end of this range is a number and the other a time",
            None,
        ),
        (
            "message:/power",
            "At character 9: this regular expression is never closed with a slash; in quotes a slash is plain text",
            Some("message:\"/power\""),
        ),
        (
            "message:/a/i",
            "At character 12: the regular expression ends at the slash before; write \\/ for a slash inside it, or put the value in quotes",
            Some("message:/(?i)a/"),
        ),
        (
            "requestData.port:/v1/x",
            "At character 22: the regular expression ends at the slash before; write \\/ for a slash inside it, or put the value in quotes",
            Some("requestData.port:\"/v1/x\""),
        ),
        (
            "a\\",
            "At character 2: a sign was expected after this backslash; write \\\\ for the backslash itself",
            Some("a\\\\"),
        ),
        (
            "é ü)",
            "At character 4: this bracket was never opened",
            Some("é ü"),
        ),
    ] {
        let (said, mended) = error(text);
        assert_eq!(said, words, "{text}");
        assert_eq!(mended.as_deref(), mend, "{text}");
    }
    assert!(
        error("message:/a(/")
            .0
            .starts_with("At character 9: this regular expression is not understood")
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for deep in [
        "(".repeat(100_000),
        "NOT ".repeat(100_000),
        "-".repeat(100_000) + "a",
        "who:(".repeat(50_000),
    ] {
        assert!(parse(&deep, &NoPaths).is_err());
    }
}

#[test]
fn a_click_and_the_text_are_the_same_clauses() {
    let who = || Subject::Field(Field::InitiatorName);
    let outcome = || Subject::Field(Field::Outcome);
    let text = |text: &str| FacetValue::Text(text.into());
    let failure = || text("failure");
    for (before, edit, after) in [
        ("", Edit::Add(outcome(), failure()), "outcome:failure"),
        (
            "web",
            Edit::Add(outcome(), failure()),
            "web outcome:failure",
        ),
        (
            "outcome:pending web",
            Edit::Add(outcome(), failure()),
            "outcome:(pending OR failure) web",
        ),
        (
            "outcome:FAILURE web",
            Edit::Add(outcome(), failure()),
            "outcome:FAILURE web",
        ),
        (
            "outcome:pending",
            Edit::Add(outcome(), FacetValue::None),
            "outcome:(pending OR none)",
        ),
        (
            "-outcome:(failure OR pending)",
            Edit::Add(outcome(), failure()),
            "-outcome:pending outcome:failure",
        ),
        (
            "a OR b",
            Edit::Add(outcome(), failure()),
            "(a OR b) outcome:failure",
        ),
        (
            "initiator.host.address:x  NOT ( a OR  b )",
            Edit::Add(outcome(), failure()),
            "initiator.host.address:x NOT ( a OR  b ) outcome:failure",
        ),
        (
            "outcome:failure",
            Edit::Exclude(outcome(), failure()),
            "-outcome:failure",
        ),
        (
            "-outcome:pending",
            Edit::Exclude(outcome(), failure()),
            "-outcome:(pending OR failure)",
        ),
        (
            "outcome:(failure OR pending)",
            Edit::Remove(outcome(), failure()),
            "outcome:pending",
        ),
        (
            "x -outcome:failure y",
            Edit::Remove(outcome(), failure()),
            "x y",
        ),
        ("outcome:failure", Edit::Toggle(outcome(), failure()), ""),
        ("", Edit::Toggle(outcome(), failure()), "outcome:failure"),
        (
            "",
            Edit::Add(who(), text("Jane Roe")),
            "initiator.name:\"Jane Roe\"",
        ),
        (
            "",
            Edit::Add(who(), text("none")),
            "initiator.name:\"none\"",
        ),
        (
            "",
            Edit::Add(who(), FacetValue::None),
            "initiator.name:none",
        ),
        (
            "",
            Edit::Add(Subject::Path("requestData.port".into()), FacetValue::None),
            "-requestData.port:*",
        ),
        (
            "-requestData.port:*",
            Edit::Toggle(Subject::Path("requestData.port".into()), FacetValue::None),
            "",
        ),
        (
            "",
            Edit::Exclude(Subject::Path("requestData.port".into()), FacetValue::None),
            "requestData.port:*",
        ),
        (
            "reason:>=400",
            Edit::Add(Subject::Field(Field::ReasonCode), text("403")),
            "reason:>=400 reason:403",
        ),
        (
            "a time:2026-03 b",
            Edit::Replace(
                Subject::Field(Field::EventTime),
                Some("[2026-03-01 TO 2026-03-02]".into()),
            ),
            "a time:[2026-03-01 TO 2026-03-02] b",
        ),
        (
            "a time:2026-03 time:>=now-7d",
            Edit::Replace(Subject::Field(Field::EventTime), None),
            "a",
        ),
        ("a -b c", Edit::RemoveClause(1), "a c"),
        ("who:(jane bob)", Edit::RemoveClause(0), "who:bob"),
        ("a (b OR c)", Edit::RemoveClause(0), "b OR c"),
        ("(a b) c", Edit::RemoveClause(1), "a c"),
    ] {
        assert_eq!(
            edit.apply(before, &PATHS[..]).expect(before),
            after,
            "{before} {edit:?}"
        );
    }
    assert_eq!(
        facet_of_text("initiator.name:\"Jane Roe\"", &NoPaths),
        Some((who(), text("Jane Roe")))
    );
    let query = query("outcome:(failure OR none) -who:bob");
    assert_eq!(query.state_of(&outcome(), &FacetValue::None), Some(true));
    assert_eq!(query.state_of(&Subject::Who, &text("BOB")), Some(false));
    assert_eq!(query.without(&outcome()).to_string(), "-who:bob");
}

#[test]
fn clauses_say_what_a_chip_shows() {
    let text = "initiator.name:jane (a OR b) -outcome:(failure OR none) who:(x y)";
    let found: Vec<(String, Option<String>, bool, usize)> = clauses(text, &NoPaths)
        .expect("readable")
        .into_iter()
        .map(|c| {
            (
                c.text,
                c.subject.map(|s| s.name().into()),
                c.is_negated,
                c.values.len(),
            )
        })
        .collect();
    let field = |name: &str| Some(name.to_owned());
    assert_eq!(
        found,
        [
            (
                "initiator.name:jane".to_owned(),
                field("initiator.name"),
                false,
                1
            ),
            ("(a OR b)".to_owned(), None, false, 0),
            (
                "-outcome:(failure OR none)".to_owned(),
                field("outcome"),
                true,
                2
            ),
            ("who:x".to_owned(), field("who"), false, 1),
            ("who:y".to_owned(), field("who"), false, 1),
        ]
    );
}

#[test]
fn the_places_of_names_follow_the_moment_only_when_asked() {
    let moment = Moment::utc(Timestamp::from_secs(1_770_000_000));
    let compiled = query("time:>=now-7d who:jane -ip:10.0.0.0/8").compile(&moment);
    assert_eq!(compiled.leaves.len(), 1 + 4 + 2);
    let Node::And(parts) = &compiled.root else {
        panic!("three clauses must hold");
    };
    assert_eq!(parts[0], Node::Leaf(0));
    assert!(matches!(&parts[1], Node::Or(any) if any.len() == 4));
}
