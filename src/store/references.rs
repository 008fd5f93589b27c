//! What events say of resources, in codes of the columns: what `lifecycle` resolves among all events held.

use std::borrow::Cow;

use crate::cadf::EventRef;
use crate::catalogue::ActId;
use crate::catalogue::Catalogue;
use crate::lifecycle;
use crate::lifecycle::Columns;

use super::Code;
use super::Field;
use super::RowColumns;
use super::rows::Coded;

#[derive(Clone, Debug, Default)]
pub struct References(pub lifecycle::References);

impl References {
    /// The number of what an event says of its resource.
    pub fn of(
        &mut self,
        event: &EventRef,
        catalogue: &Catalogue,
        act: Option<ActId>,
        coded: &Coded,
    ) -> u32 {
        let act = act.map(|id| catalogue.get(id));
        let codes = lifecycle::Coded {
            action: coded.get(Field::Action),
            account: coded.get(Field::Account),
            target_id: coded.get(Field::TargetId),
            target_name: coded.get(Field::TargetName),
        };
        self.0.of(event, act, codes)
    }
}

impl Columns for RowColumns {
    fn account(&self, code: Code) -> Cow<'_, str> {
        self.texts(Field::Account).text(code)
    }

    fn target_id(&self, code: Code) -> Cow<'_, str> {
        self.texts(Field::TargetId).text(code)
    }

    fn target_name(&self, code: Code) -> Cow<'_, str> {
        self.texts(Field::TargetName).text(code)
    }

    fn find_target_id(&self, text: &str) -> Option<Code> {
        self.texts(Field::TargetId).find(text)
    }
}
