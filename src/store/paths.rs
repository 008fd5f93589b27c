//! The member paths that occur in the events held: what a query may name, and what completion offers.
//! Refuses to look twice at a shape it has seen.

use std::collections::BTreeSet;
use std::collections::HashSet;

use reading::Value;
use reading::content::DEEPEST_SHAPE;
use reading::hash::BuildMix;

use crate::cadf::EventRef;

const MOST_PATHS: usize = 50_000;

#[derive(Clone, Debug, Default)]
pub struct Paths {
    held: BTreeSet<String>,
    shapes: HashSet<u64, BuildMix>,
}

impl Paths {
    pub fn learn(&mut self, event: &EventRef) {
        if self.held.len() < MOST_PATHS && self.shapes.insert(event.content.shape) {
            let mut path = String::new();
            self.walk(&event.body.value(), &mut path, 0);
        }
    }

    /// Whether an event held has a member at this dotted path.
    pub fn has(&self, path: &str) -> bool {
        self.held.contains(path)
    }

    /// Whether an event may have it: all of them, once there are too many paths to know.
    pub fn may_have(&self, path: &str) -> bool {
        self.has(path)
            || self.held.len() >= MOST_PATHS
            || path.matches('.').count() + 1 >= DEEPEST_SHAPE
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        self.held.iter().map(String::as_str)
    }

    fn walk(&mut self, value: &Value, path: &mut String, depth: usize) {
        match value {
            Value::Object(members) if depth < DEEPEST_SHAPE => {
                for (name, child) in members {
                    let len = path.len();
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                    if !self.held.contains(path.as_str()) {
                        self.held.insert(path.clone());
                    }
                    self.walk(child, path, depth + 1);
                    path.truncate(len);
                }
            }
            // A list is transparent: its members' paths don't carry an index.
            Value::Array(items) if depth < DEEPEST_SHAPE => {
                for item in items {
                    self.walk(item, path, depth + 1);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Context;
    use crate::envelope::reread;

    #[test]
    fn every_member_path_is_known_whatever_the_order_of_members() {
        let mut paths = Paths::default();
        for text in [
            r#"{"action":"a","requestData":{"port":"eth0","disks":[{"size":1}]}}"#,
            r#"{"action":"b","requestData":{"port":"eth1","disks":[{"iops":1}]}}"#,
        ] {
            let event = reread(text.as_bytes(), 0, &Context::default()).expect("an event");
            paths.learn(&event.lend());
        }
        for path in [
            "requestData.port",
            "requestData.disks.size",
            "requestData.disks.iops",
        ] {
            assert!(paths.has(path), "{path}");
        }
        assert!(!paths.has("port") && !paths.has("requestdata.port"));
        assert_eq!(paths.iter().count(), 6);
    }
}
