//! Questions under way. Each part of the screen has a slot; a newer question in a slot makes the older one void. Knows
//! neither the worker nor any view: it hands out numbers and calls back.

use std::collections::HashMap;

use lifeline::protocol::Answer;
use lifeline::protocol::AskError;
use lifeline::protocol::Generation;

/// What an answer comes to: the generation it was made from, and the answer or what went wrong.
pub type Reply = (Generation, Result<Answer, AskError>);

type Callback = Box<dyn FnOnce(Reply)>;

#[derive(Default)]
pub struct Asks {
    last_ask: u64,
    last_slot: u32,
    waiting: HashMap<u32, (u64, Callback)>,
}

impl Asks {
    /// A slot of its own for a part of the screen.
    pub fn new_slot(&mut self) -> u32 {
        self.last_slot += 1;
        self.last_slot
    }

    /// Registers a question; what the slot asked before is void.
    pub fn begin(&mut self, slot: u32, on_reply: Callback) -> u64 {
        self.last_ask += 1;
        self.waiting.insert(slot, (self.last_ask, on_reply));
        self.last_ask
    }

    /// The part of the screen is gone.
    pub fn forget(&mut self, slot: u32) {
        self.waiting.remove(&slot);
    }

    /// The callback for an answer, unless it is void by now.
    pub fn take(&mut self, slot: u32, ask: u64) -> Option<Callback> {
        match self.waiting.get(&slot) {
            Some((current, _)) if *current == ask => {
                self.waiting.remove(&slot).map(|(_, callback)| callback)
            }
            _ => None,
        }
    }

    /// All callbacks: nobody will answer any more.
    pub fn take_all(&mut self) -> Vec<Callback> {
        self.waiting
            .drain()
            .map(|(_, (_, callback))| callback)
            .collect()
    }

    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }
}
