//! References together with the columns that they name: where a text stands, and the text.

use std::borrow::Cow;

use columns::Code;

use super::reference::Columns;
use super::reference::References;

/// References, and the texts of their codes.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub references: &'a References,
    pub columns: &'a dyn Columns,
}

/// Where an id or a name stands, in two bits, and its code there. Of ids no two are the same text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Written(pub u32);

const TARGET_ID: u32 = 0;
const TARGET_NAME: u32 = 1;
const SERVER: u32 = 2;

impl Written {
    pub fn target_id(code: Code) -> Written {
        Written(code << 2 | TARGET_ID)
    }

    pub fn target_name(code: Code) -> Written {
        Written(code << 2 | TARGET_NAME)
    }

    pub fn is_name(self) -> bool {
        self.0 & 3 == TARGET_NAME
    }
}

impl<'a> Known<'a> {
    pub(super) fn text(self, written: Written) -> Cow<'a, str> {
        let code = written.0 >> 2;
        match written.0 & 3 {
            TARGET_ID => self.columns.target_id(code),
            TARGET_NAME => self.columns.target_name(code),
            _ => self.references.server(code),
        }
    }

    /// A server's id as a part's event gives it: where a target has the same, that one.
    pub(super) fn server(self, code: Code) -> Written {
        let as_target = self.columns.find_target_id(&self.references.server(code));
        as_target.map_or(Written(code << 2 | SERVER), Written::target_id)
    }
}
