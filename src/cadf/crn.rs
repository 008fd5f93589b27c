//! Cloud resource names: `crn:version:cname:ctype:service:location:scope:instance:type:resource`.
//! Reads what is there (missing parts are empty); anything that does not start with `crn:` is no CRN.

use reading::signs::parts_of;

/// Borrowed parts of a CRN, each as written. At most ten parts: the last keeps any further colons.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Crn<'a> {
    pub text: &'a str,
    pub version: &'a str,
    pub cname: &'a str,
    pub ctype: &'a str,
    pub service: &'a str,
    pub location: &'a str,
    pub scope: &'a str,
    pub instance: &'a str,
    pub resource_type: &'a str,
    pub resource: &'a str,
}

impl<'a> Crn<'a> {
    pub fn parse(text: &'a str) -> Option<Self> {
        let parts: [&str; 9] = parts_of(b':', text.strip_prefix("crn:")?);
        Some(Crn {
            text,
            version: parts[0],
            cname: parts[1],
            ctype: parts[2],
            service: parts[3],
            location: parts[4],
            scope: parts[5],
            instance: parts[6],
            resource_type: parts[7],
            resource: parts[8],
        })
    }

    /// The location and the account alone, as far as they are there: for each record that is read.
    pub fn whence(text: &'a str) -> Option<(Option<&'a str>, Option<&'a str>)> {
        let [.., location, scope, _] = parts_of::<7>(b':', text.strip_prefix("crn:")?);
        Some((
            (!location.is_empty()).then_some(location),
            account_of(scope),
        ))
    }

    pub fn account(&self) -> Option<&'a str> {
        account_of(self.scope)
    }

    /// The last part that names something: its resource, else its instance (`rules.md`, identity).
    pub fn last(&self) -> Option<&'a str> {
        [self.resource, self.instance]
            .into_iter()
            .find(|part| !part.is_empty())
    }

    /// The same name without its location: two CRNs are one resource if all other parts agree.
    pub fn without_location(&self) -> String {
        [
            "crn",
            self.version,
            self.cname,
            self.ctype,
            self.service,
            "",
            self.scope,
            self.instance,
            self.resource_type,
            self.resource,
        ]
        .join(":")
    }
}

fn account_of(scope: &str) -> Option<&str> {
    scope.strip_prefix("a/").filter(|a| !a.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crn_splits_into_ten_parts() {
        let crn =
            Crn::parse("crn:v1:bluemix:public:is:eu-gb-3:a/23bb::instance:b21a_33").expect("a CRN");
        assert_eq!(
            (crn.service, crn.location, crn.account(), crn.last()),
            ("is", "eu-gb-3", Some("23bb"), Some("b21a_33"))
        );
    }

    #[test]
    fn parts_are_cut_at_the_first_colons_and_missing_ones_are_empty() {
        for text in [
            "crn:",
            "crn:a",
            "crn::::",
            "crn:1:2:3:4:5:6:7:8:9:10:11",
            "crn:é:2::::::::",
            "crn:v1:b:p:is:dal10:a/9",
            "crn:v1:b:p:is:dal10:a/",
            "crn:v1:b:p:is::a/9:x",
        ] {
            let crn = Crn::parse(text).expect("a CRN");
            let rest = text.strip_prefix("crn:").expect("a CRN");
            let mut expected = rest.splitn(9, ':');
            for part in [
                crn.version,
                crn.cname,
                crn.ctype,
                crn.service,
                crn.location,
                crn.scope,
                crn.instance,
                crn.resource_type,
                crn.resource,
            ] {
                assert_eq!(part, expected.next().unwrap_or(""), "{text}");
            }
            let location = (!crn.location.is_empty()).then_some(crn.location);
            assert_eq!(Crn::whence(text), Some((location, crn.account())), "{text}");
        }
    }

    #[test]
    fn a_crn_without_a_resource_is_named_by_its_instance() {
        let crn = Crn::parse("crn:v1:bluemix:public:kms:us-south:a/a1:fd69::").expect("a CRN");
        assert_eq!(crn.last(), Some("fd69"));
        assert_eq!(Crn::parse("crn:v1:bluemix").expect("short").last(), None);
        assert_eq!(Crn::parse("118723406"), None);
    }

    #[test]
    fn crns_that_differ_in_location_only_compare_equal_without_it() {
        let a = Crn::parse("crn:v1:b:p:is:eu-de-1:a/1::instance:x").expect("a CRN");
        let b = Crn::parse("crn:v1:b:p:is:eu-de:a/1::instance:x").expect("a CRN");
        assert_eq!(a.without_location(), b.without_location());
    }
}
