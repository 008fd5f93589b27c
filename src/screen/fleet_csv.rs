//! The fleet at an instant as CSV: one line a resource, times in UTC, T and what is not recorded said in every line.

use crate::protocol::Fleet;
use crate::protocol::FleetRow;
use crate::protocol::SpanValue;
use crate::time::Timestamp;

use super::csv;

const HEAD: &str =
    "at,name,id,kind,region,existence,power,since,carried,last_change,last_by,last_what\r\n";

pub fn fleet_csv(fleet: &Fleet) -> String {
    let mut text = String::from(HEAD);
    for row in &fleet.rows {
        csv::push_line(&mut text, HEAD, &fields(fleet.at, row));
    }
    // What may have been there is part of the answer.
    for head in &fleet.unrecorded {
        let fields = [
            fleet.at.to_string(),
            head.name.clone().unwrap_or_default(),
            head.id.clone(),
            head.kind.name().to_owned(),
            head.region.clone(),
            "not recorded".into(),
        ];
        csv::push_line(&mut text, HEAD, &fields);
    }
    let n_more = (fleet.n_unrecorded as usize).saturating_sub(fleet.unrecorded.len());
    if n_more > 0 {
        let said = format!("and {n_more} more that are not named here");
        let fields = [fleet.at.to_string(), said];
        csv::push_line(&mut text, HEAD, &fields);
    }
    text
}

fn fields(at: Timestamp, row: &FleetRow) -> [String; 12] {
    let time = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    [
        at.to_string(),
        row.head.name.clone().unwrap_or_default(),
        row.head.id.clone(),
        row.head.kind.name().to_owned(),
        row.head.region.clone(),
        state(row.existence).to_owned(),
        row.power.map_or("", state).to_owned(),
        time(row.since),
        if row.is_carried { "carried" } else { "" }.to_owned(),
        time(row.last_change),
        row.last_by.clone(),
        row.last_what.clone(),
    ]
}

fn state(value: SpanValue) -> &'static str {
    match value {
        SpanValue::Unknown => "unknown",
        SpanValue::On => "on",
        SpanValue::Off => "off",
        SpanValue::Suspended => "suspended",
        SpanValue::Rescue => "rescue",
        SpanValue::Live => "live",
        SpanValue::Reclaimed => "reclaimed",
        SpanValue::Deleted => "deleted",
        SpanValue::Absent | SpanValue::Value => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadf::Kind;
    use crate::protocol::ResourceHead;
    use crate::protocol::ResourceIx;

    fn head(name: &str) -> ResourceHead {
        ResourceHead {
            ix: ResourceIx(0),
            id: "118723406".into(),
            kind: Kind::Vsi,
            kind_words: "virtual server, classic".into(),
            name: Some(name.into()),
            label: name.into(),
            region: "us-south".into(),
            location: "dal13".into(),
            is_foreign_account: false,
        }
    }

    fn fleet(name: &str) -> Fleet {
        Fleet {
            at: Timestamp::from_secs(0),
            total: 1,
            live: 1,
            ended: 0,
            rows: vec![FleetRow {
                head: head(name),
                existence: SpanValue::Live,
                power: Some(SpanValue::On),
                since: Some(Timestamp::from_secs(0)),
                is_carried: true,
                last_change: None,
                last_by: "jane".into(),
                last_what: "Reboot".into(),
                last_row: None,
                n_firm: 0,
                n_suspected: 0,
                strip: Vec::new(),
                strip_existence: Vec::new(),
            }],
            first: 0,
            unrecorded: vec![head("old")],
            n_unrecorded: 1,
            coverage_stated: true,
            gaps: Vec::new(),
            is_judged: false,
        }
    }

    #[test]
    fn every_line_has_as_many_fields_as_the_head_and_says_t() {
        let text = fleet_csv(&fleet("web-7"));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "1970-01-01T00:00:00Z,web-7,118723406,vsi,us-south,live,on,1970-01-01T00:00:00Z,carried,,jane,Reboot"
        );
        assert_eq!(
            lines[2],
            "1970-01-01T00:00:00Z,old,118723406,vsi,us-south,not recorded,,,,,,"
        );
        let n_commas = |line: &str| line.matches(',').count();
        assert!(lines.iter().all(|line| n_commas(line) == n_commas(HEAD)));
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_run_is_made_harmless() {
        let text = fleet_csv(&fleet("=cmd|' /C calc'!A0, \"x\""));
        assert!(
            text.contains(",\"'=cmd|' /C calc'!A0, \"\"x\"\"\","),
            "{text}"
        );
    }
}
