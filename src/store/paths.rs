//! The member paths that occur in the events held: what a query may name, and what completion offers.
//! Refuses to look twice at a shape it has seen.

use std::collections::BTreeSet;
use std::collections::HashSet;
use std::hash::Hasher;

use reading::Value;

use super::BuildMix;
use columns::dictionary::Mix;

/// A name deeper or longer than this is data used as a name; it can be asked for all the same, but isn't offered.
const DEEPEST: usize = 32;
const MOST_PATHS: usize = 50_000;

#[derive(Clone, Debug, Default)]
pub struct Paths {
    held: BTreeSet<String>,
    shapes: HashSet<u64, BuildMix>,
}

impl Paths {
    pub fn learn(&mut self, body: &Value) {
        if self.held.len() >= MOST_PATHS {
            return;
        }
        let mut shape = Mix::default();
        hash_shape(body, &mut shape, 0);
        if self.shapes.insert(shape.finish()) {
            let mut path = String::new();
            self.walk(body, &mut path, 0);
        }
    }

    /// Whether an event held has a member at this dotted path.
    pub fn has(&self, path: &str) -> bool {
        self.held.contains(path)
    }

    /// Whether an event may have it: all of them, once there are too many paths to know.
    pub fn may_have(&self, path: &str) -> bool {
        self.has(path) || self.held.len() >= MOST_PATHS || path.matches('.').count() + 1 >= DEEPEST
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        self.held.iter().map(String::as_str)
    }

    fn walk(&mut self, value: &Value, path: &mut String, depth: usize) {
        match value {
            Value::Object(members) if depth < DEEPEST => {
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
            Value::Array(items) if depth < DEEPEST => {
                for item in items {
                    self.walk(item, path, depth + 1);
                }
            }
            _ => {}
        }
    }
}

fn hash_shape(value: &Value, shape: &mut Mix, depth: usize) {
    match value {
        Value::Object(members) if depth < DEEPEST => {
            shape.write_u8(1);
            for (name, child) in members {
                shape.write(name.as_bytes());
                hash_shape(child, shape, depth + 1);
            }
            shape.write_u8(2);
        }
        Value::Array(items) if depth < DEEPEST => {
            shape.write_u8(3);
            for item in items {
                hash_shape(item, shape, depth + 1);
            }
            shape.write_u8(4);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_path_is_known_whatever_the_order_of_members() {
        let mut paths = Paths::default();
        paths.learn(
            &value!({"action": "a", "requestData": {"port": "eth0", "disks": [{"size": 1}]}}),
        );
        paths.learn(
            &value!({"action": "b", "requestData": {"port": "eth1", "disks": [{"iops": 1}]}}),
        );
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
