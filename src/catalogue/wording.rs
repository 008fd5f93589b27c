//! Takes an action's name apart and makes plain words of it. Knows no table: it serves the actions that have no row.

/// The parts of `service.object.verb` before the verb. The service may hold dots (`is.instance` of
/// `is.instance.volume-attachment.create`): object and verb are the last two parts. Foreign CADF writes
/// `verb/object`: no service then. A name with neither sign, as in the classic log, is no path: both are empty.
pub fn service_and_object(action: &str) -> (&str, &str) {
    if let Some((_, object)) = action.split_once('/') {
        return ("", object);
    }
    if action.contains(' ') {
        return ("", "");
    }
    match action.rsplit_once('.') {
        Some((path, _)) => path.rsplit_once('.').unwrap_or((path, "")),
        None => ("", ""),
    }
}

/// `rotate` of `kms.secrets.rotate`, `create` of `create/role_assignment`; in a name of words, each classic name's
/// first.
pub fn verb(action: &str) -> &str {
    if let Some((verb, _)) = action.split_once('/') {
        return verb;
    }
    if let Some((first, _)) = action.split_once(' ') {
        return first;
    }
    action.rsplit('.').next().unwrap_or(action)
}

/// Sentence-case words: `Secrets rotate`, `Create role assignment`; a name of words stays as it is.
pub fn label(action: &str) -> String {
    if action.contains(' ') {
        return action.to_owned();
    }
    let words = match action.split_once('/') {
        Some((verb, object)) => format!("{verb} {}", object.replace('/', " ")),
        None => match service_and_object(action) {
            (service, "") if !service.is_empty() => format!("{service} {}", verb(action)),
            (_, "") => action.to_owned(),
            (_, object) => format!("{object} {}", verb(action)),
        },
    };
    sentence_case(&words.replace(['-', '_'], " "))
}

fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => String::from(first.to_ascii_uppercase()) + chars.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_actions_get_words_from_their_names() {
        for (action, words) in [
            ("kms.secrets.rotate", "Secrets rotate"),
            (
                "is.instance.network-interface.create",
                "Network interface create",
            ),
            ("create/role_assignment", "Create role assignment"),
            ("Security Group Rule Added", "Security Group Rule Added"),
            ("is.wait", "Is wait"),
            ("wait", "Wait"),
            ("", ""),
        ] {
            assert_eq!(label(action), words, "{action}");
        }
    }

    #[test]
    fn a_service_may_hold_dots() {
        assert_eq!(service_and_object("is.snapshot.create"), ("is", "snapshot"));
        assert_eq!(
            service_and_object("is.instance.volume-attachment.create"),
            ("is.instance", "volume-attachment")
        );
        assert_eq!(
            service_and_object("create/role_assignment"),
            ("", "role_assignment")
        );
        assert_eq!(service_and_object("Power On"), ("", ""));
    }
}
