//! An event as a tree of its members, for the eye: names, paths as a query writes them, values.

use reading::Value;

use crate::protocol::Member;
use crate::protocol::MemberValue;

/// Deeper than this, members stand as text.
const DEEPEST: usize = 24;

/// The members of an event; none where it isn't an object.
pub fn tree(body: &Value) -> Vec<Member> {
    match held(body, "", 0) {
        MemberValue::Members(members) => members,
        _ => Vec::new(),
    }
}

fn held(value: &Value, path: &str, depth: usize) -> MemberValue {
    match value {
        Value::Object(members) if depth <= DEEPEST => {
            let members = members.iter().map(|(name, value)| {
                let path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                Member {
                    held: held(value, &path, depth + 1),
                    name: name.clone(),
                    path,
                }
            });
            MemberValue::Members(members.collect())
        }
        Value::Array(items) if depth <= DEEPEST => {
            let items = items.iter().enumerate().map(|(at, value)| Member {
                name: at.to_string(),
                path: path.to_owned(),
                held: held(value, path, depth + 1),
            });
            MemberValue::Items(items.collect())
        }
        Value::String(text) => MemberValue::Text(text.clone()),
        Value::Null => MemberValue::Null,
        other => MemberValue::Plain(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_named_as_a_query_names_them() {
        let members = tree(&value!({"a": {"b": [{"c": "x"}, null]}, "n": 1.50}));
        let MemberValue::Members(a) = &members[0].held else {
            panic!("a has members");
        };
        let MemberValue::Items(b) = &a[0].held else {
            panic!("b has items");
        };
        let MemberValue::Members(first) = &b[0].held else {
            panic!("the first item has members");
        };
        assert_eq!(first[0].path, "a.b.c");
        assert_eq!(first[0].held, MemberValue::Text("x".into()));
        assert_eq!((b[1].name.as_str(), &b[1].held), ("1", &MemberValue::Null));
        assert_eq!(members[1].held, MemberValue::Plain("1.5".into()));
    }

    #[test]
    fn what_lies_deeper_than_a_tree_shows_stands_as_text() {
        let body = format!("{}\"end\"{}", "{\"in\":".repeat(60), "}".repeat(60));
        let mut members = tree(&reading::read_json(body.as_bytes()).expect("JSON"));
        let mut depth = 0;
        while let Some(MemberValue::Members(inner)) = members.pop().map(|member| member.held) {
            depth += 1;
            members = inner;
        }
        assert_eq!(depth, DEEPEST);
    }
}
