//! Where an event happened: a region from a zone, a data centre or a region's own name.
//! A code that is not in the list is shown as it is, never dropped.

use super::Crn;

/// A location as written and the region it stands for (`rules.md`, location).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Location {
    /// As written: `dal10`, `us-south-1`, `us-south`, or `unknown`.
    pub raw: String,
    pub region: String,
}

impl Location {
    pub fn unknown() -> Self {
        Location {
            raw: "unknown".into(),
            region: "unknown".into(),
        }
    }

    pub fn from_raw(raw: &str) -> Self {
        Location {
            raw: raw.into(),
            region: region_of(raw).into(),
        }
    }

    /// The first of these that yields one: `logSourceCRN`, the target's CRN, the source's region.
    pub fn of(
        log_source_crn: Option<&str>,
        target_id: Option<&str>,
        source_region: Option<&str>,
    ) -> Self {
        let of_crns = of_crns(log_source_crn, target_id);
        Location::from_raw(or_of_source(of_crns, source_region))
    }
}

/// The location of the first of these that has one.
pub fn of_crns<'a>(log_source_crn: Option<&'a str>, target_id: Option<&'a str>) -> Option<&'a str> {
    let of_crn = |text: Option<&'a str>| Crn::whence(text?)?.0;
    of_crn(log_source_crn).or_else(|| of_crn(target_id))
}

/// What the CRNs say, else the source's region, else `unknown`.
pub fn or_of_source<'a>(of_crns: Option<&'a str>, source_region: Option<&'a str>) -> &'a str {
    of_crns
        .or(source_region.filter(|region| !region.is_empty() && *region != "*"))
        .unwrap_or("unknown")
}

/// Data centre prefixes and their region. Source: IBM Cloud's list of data centres.
const DATA_CENTRES: [(&str, &str); 13] = [
    ("dal", "us-south"),
    ("wdc", "us-east"),
    ("tor", "ca-tor"),
    ("mon", "ca-mon"),
    ("sao", "br-sao"),
    ("fra", "eu-de"),
    ("lon", "eu-gb"),
    ("mad", "eu-es"),
    ("syd", "au-syd"),
    ("tok", "jp-tok"),
    ("osa", "jp-osa"),
    ("che", "in-che"),
    ("mum", "in-mum"),
];

/// Regions and the city that people know them by.
pub const REGIONS: [(&str, &str); 14] = [
    ("us-south", "Dallas"),
    ("us-east", "Washington DC"),
    ("ca-tor", "Toronto"),
    ("ca-mon", "Montreal"),
    ("br-sao", "São Paulo"),
    ("eu-de", "Frankfurt"),
    ("eu-gb", "London"),
    ("eu-es", "Madrid"),
    ("jp-tok", "Tokyo"),
    ("jp-osa", "Osaka"),
    ("au-syd", "Sydney"),
    ("in-che", "Chennai"),
    ("in-mum", "Mumbai"),
    ("global", "Global"),
];

/// The region that a zone (`us-south-1`), a data centre (`dal10`) or a region stands for.
/// A data centre without a region is its own (`sjc03`).
pub fn region_of(raw: &str) -> &str {
    if let Some((head, tail)) = raw.rsplit_once('-')
        && head.contains('-')
        && !tail.is_empty()
        && tail.bytes().all(|b| b.is_ascii_digit())
    {
        return head;
    }
    let letters = raw.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() == 3 && letters.len() < raw.len() {
        let found = DATA_CENTRES
            .iter()
            .find(|(prefix, _)| letters.eq_ignore_ascii_case(prefix));
        if let Some((_, region)) = found {
            return region;
        }
    }
    raw
}

pub fn city(region: &str) -> Option<&'static str> {
    REGIONS
        .iter()
        .find(|(code, _)| *code == region)
        .map(|(_, city)| *city)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_and_data_centres_map_to_their_region() {
        for (raw, region) in [
            ("us-south-1", "us-south"),
            ("us-south", "us-south"),
            ("dal10", "us-south"),
            ("wdc07", "us-east"),
            ("sjc03", "sjc03"),
            ("global", "global"),
            ("xx-new", "xx-new"),
            ("eu-fr2", "eu-fr2"),
        ] {
            assert_eq!(region_of(raw), region, "{raw}");
        }
    }

    #[test]
    fn the_first_source_that_yields_a_location_wins() {
        let of = |a, b, c| Location::of(a, b, c).region;
        let crn = Some("crn:v1:b:p:is:eu-de-1:a/1::instance:x");
        let empty = Some("crn:v1::public:is::a/a1234567::snapshot:09ca");
        assert_eq!(of(crn, None, Some("us-east")), "eu-de");
        assert_eq!(of(empty, crn, Some("us-east")), "eu-de");
        assert_eq!(of(Some("junk"), empty, Some("us-east")), "us-east");
        assert_eq!(of(None, None, Some("*")), "unknown");
    }
}
