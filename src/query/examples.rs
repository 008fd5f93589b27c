//! Sixty example queries with their meaning: what help shows is what the tests hold.

/// One line of `examples.tsv`. Its third column names the events of `examples/events.ndjson` that match, and is
/// the tests' alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Example {
    pub query: &'static str,
    pub meaning: &'static str,
}

/// All examples, from plain to rare.
pub fn examples() -> impl Iterator<Item = Example> {
    lines().map(|(query, meaning, _)| Example { query, meaning })
}

/// Query, meaning, names of the events that match.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    include_str!("examples.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let (query, rest) = line.split_once('\t')?;
            let (meaning, matches) = rest.split_once('\t')?;
            Some((query, meaning, matches))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Event;
    use crate::cadf::Location;
    use crate::catalogue::Catalogue;
    use crate::envelope;
    use crate::query::language::{EventFields, Moment, Vocabulary, parse, path_present};
    use crate::time::Timestamp;

    struct Held(Vec<Event>);

    impl Vocabulary for Held {
        fn has_path(&self, path: &str) -> bool {
            self.0.iter().any(|event| path_present(&event.body, path))
        }
    }

    fn held() -> Held {
        let context = envelope::Context::default();
        let lines = include_str!("examples/events.ndjson").lines();
        Held(
            lines
                .map(|line| envelope::reread(line.as_bytes(), 0, &context).expect(line))
                .collect(),
        )
    }

    #[test]
    fn each_example_finds_the_events_that_it_says() {
        let held = held();
        let catalogue = Catalogue::standard();
        let now = Timestamp::parse("2026-03-20T12:00:00Z").expect("a time");
        let moment = Moment::utc(now.at);
        let mut wrong = Vec::new();
        for (query, meaning, matches) in lines() {
            let parsed = parse(query, &held).unwrap_or_else(|error| panic!("{query}: {error}"));
            assert_eq!(parsed.notes, [], "{query}");
            let compiled = parsed.query.compile(&moment);
            let mut found = Vec::new();
            for event in &held.0 {
                let location = Location::of(
                    event.log_source_crn.as_deref(),
                    event.target.id.as_deref(),
                    None,
                );
                let fields = EventFields {
                    event,
                    location: &location,
                    kind: catalogue.kind_of(&event.lend()),
                    category: Some(catalogue.category(&event.action).name()),
                    account: event.account.as_deref(),
                    source_region: None,
                };
                let plain = parsed.query.matches(&fields, &moment);
                assert_eq!(
                    plain,
                    compiled.matches(&fields),
                    "{query} on {}",
                    event.name()
                );
                if plain {
                    found.push(event.name());
                }
            }
            let found = if found.is_empty() {
                "-".into()
            } else {
                found.join(" ")
            };
            if found != matches {
                wrong.push(format!(
                    "{query}\n  {meaning}\n  says  {matches}\n  found {found}"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn there_are_sixty_and_each_has_a_meaning_of_its_own() {
        let all: Vec<Example> = examples().collect();
        assert_eq!(all.len(), 60);
        let queries: std::collections::BTreeSet<_> = all.iter().map(|e| e.query).collect();
        let meanings: std::collections::BTreeSet<_> = all.iter().map(|e| e.meaning).collect();
        assert_eq!((queries.len(), meanings.len()), (60, 60));
    }
}
