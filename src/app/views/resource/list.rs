//! The list of a resource's events as [`Life`] keeps it: which event is chosen, which rows are folded into others, what is
//! in sight.

use leptos::prelude::*;
use lifeline::link::View;
use lifeline::protocol::EventMark;
use lifeline::protocol::HistoryEvent;
use lifeline::protocol::HistoryPage;
use lifeline::protocol::HistoryRows;
use lifeline::protocol::RowId;
use lifeline::screen::findings;
use lifeline::screen::rows::RowScroll;
use lifeline::screen::words;
use lifeline::time::Timestamp;

use lifeline::cadf::Outcome;

use super::life::Life;
use super::life::row_scroll;
use crate::state::Selection;

impl Life {
    pub fn place_of(self, row: RowId) -> Option<usize> {
        self.places.with(|places| places.get(&row).copied())
    }

    pub fn n_events(self) -> usize {
        self.asked.with(|page| page.events.len()).unwrap_or(0)
    }

    /// An event in short, by its place in the list.
    pub fn mark(self, place: usize) -> Option<EventMark> {
        self.asked
            .with(|page| page.events.get(place).copied())
            .flatten()
    }

    /// The events that an answer tells of with their places, as far as the page still has them there.
    pub fn told_of(self, told: &HistoryRows) -> Vec<(usize, HistoryEvent)> {
        let is_there = |(place, event): &(usize, &HistoryEvent)| {
            self.mark(*place).map(|mark| mark.row) == Some(event.row.row)
        };
        let placed = (told.first as usize..).zip(&told.rows).filter(is_there);
        placed
            .map(|(place, event)| (place, event.clone()))
            .collect()
    }

    /// What stands at a number of the page's words.
    pub fn word(self, number: u32) -> String {
        let word = |page: &HistoryPage| page.words.get(number as usize).cloned();
        self.asked.with(word).flatten().unwrap_or_default()
    }

    /// What the event that began a span is called.
    pub fn through(self, row: Option<RowId>) -> Option<String> {
        let mark = self.mark(self.place_of(row?)?)?;
        Some(self.word(mark.label))
    }

    /// The place of the selected event in the list.
    pub fn selected(self) -> Option<usize> {
        let row = self
            .app
            .selection
            .with(|selection| selection.as_ref().map(|selection| selection.row))?;
        self.place_of(row)
    }

    pub fn selected_at(self) -> Option<Timestamp> {
        self.mark(self.selected()?)?.at
    }

    pub fn select(self, place: usize) {
        let Some(mark) = untrack(|| self.mark(place)) else {
            return;
        };
        self.app.selection.set(Some(Selection {
            row: mark.row,
            position: None,
            name: None,
        }));
        self.reveal(place);
    }

    /// Selects the event that began a span.
    pub fn select_row(self, row: Option<RowId>) {
        match row.and_then(|row| untrack(|| self.place_of(row))) {
            Some(place) => self.select(place),
            None => self
                .app
                .say("No event began this: it was so since before the record."),
        }
    }

    /// Moves the selection down the list (earlier) or up (later), past what is folded away.
    pub fn walk(self, by: i64) {
        let lines = untrack(|| self.lines.get());
        let n = lines.n() as i64;
        if n == 0 {
            return;
        }
        let now = untrack(|| self.selected()).and_then(|place| lines.standing_line(place));
        let next = match now {
            Some(line) => line as i64 + by,
            None => self.position.get_untracked().ceil() as i64,
        };
        match next {
            next if next < 0 => self.app.say("This is the newest event."),
            next if next >= n => self.app.say("This is the first event recorded."),
            next => {
                if let Some(place) = lines.place_at(next as usize) {
                    self.select(place);
                }
            }
        }
    }

    // ---- folds

    /// Folds a row's parts into it, or unfolds them. A part that was chosen leaves that to its head.
    pub fn set_open(self, head: usize, is_open: bool) {
        let Some(mark) = untrack(|| self.mark(head)) else {
            return;
        };
        let chosen = untrack(|| self.selected());
        let lines = untrack(|| self.lines.get());
        if !is_open && chosen.and_then(|place| lines.head_of(place)) == Some(head) {
            self.select(head);
        }
        self.unfolded.update(|unfolded| {
            unfolded.retain(|row| *row != mark.row);
            if is_open {
                unfolded.push(mark.row);
            }
        });
    }

    /// Arrow right unfolds the chosen row, arrow left folds it again, also from one of its parts.
    pub fn fold_chosen(self, is_open: bool) -> bool {
        let Some(place) = untrack(|| self.selected()) else {
            return false;
        };
        let lines = untrack(|| self.lines.get());
        let head = match is_open {
            true => lines.head_at(place).map(|head| head.place),
            false => lines
                .head_at(place)
                .map(|head| head.place)
                .or_else(|| lines.head_of(place)),
        };
        match head.and_then(|head| lines.head_at(head)) {
            Some(head) if head.is_open != is_open => self.set_open(head.place, is_open),
            Some(_) => {}
            None => return false,
        }
        true
    }

    // ---- operations

    /// What an event's other halves are, in words; empty for one that is neither request nor completion.
    pub fn operation_words(self, row: RowId) -> String {
        let halves = self.halves.get();
        let first = halves.partition_point(|(of, _)| *of < row);
        let halves = halves[first..].iter().take_while(|(of, _)| *of == row);
        let said = self.asked.with(|page| {
            let said = halves.filter_map(|(_, index)| {
                let operation = page.operations.get(*index)?;
                let outcome = |row| page.events.get(self.place_of(row)?).map(|of| of.outcome);
                let has_failed = operation.completion.and_then(outcome) == Some(Outcome::Failure);
                Some(findings::operation(operation, row, has_failed))
            });
            said.collect::<Vec<_>>().join(", ")
        });
        said.unwrap_or_default()
    }

    // ---- the list

    pub fn rows(self) -> RowScroll {
        row_scroll(
            self.lines.with(|lines| lines.n()) as u64,
            self.view_px.get(),
        )
    }

    /// Brings an event into sight; one that is folded away is unfolded.
    pub fn reveal(self, place: usize) {
        let lines = untrack(|| self.lines.get());
        if lines.line_of(place).is_none()
            && let Some(head) = lines.head_of(place)
        {
            self.set_open(head, true);
        }
        let line = untrack(|| self.lines.with(|lines| lines.standing_line(place)));
        let rows = untrack(|| self.rows());
        let line = line.unwrap_or(place) as u64;
        self.scroll_to(rows.reveal(self.position.get_untracked(), line));
    }

    /// Brings an event into the middle of the list where it isn't in sight, so that what it goes with is around it.
    pub fn reveal_amid(self, place: usize) {
        let before = self.position.get_untracked();
        self.reveal(place);
        if self.position.get_untracked() == before {
            return;
        }
        let rows = untrack(|| self.rows());
        let line = untrack(|| self.lines.with(|lines| lines.standing_line(place)));
        let in_sight = rows.view_px / rows.row_px;
        let amid = line.unwrap_or(place) as f64 - in_sight / 2.0;
        self.scroll_to(rows.position_at(rows.scroll_for(amid)));
    }

    pub fn scroll_to(self, position: f64) {
        if position == self.position.get_untracked() {
            return;
        }
        let px = untrack(|| self.rows()).scroll_for(position);
        self.position.set(position);
        self.scroll_px.set(px);
        if let Some(list) = self.list.get_untracked() {
            list.set_scroll_top(px.round() as i32);
        }
    }

    pub fn scrolled(self) {
        let Some(list) = self.list.get_untracked() else {
            return;
        };
        let now = f64::from(list.scroll_top());
        let last = self.scroll_px.get_untracked();
        if (now - last).abs() < 0.75 {
            return;
        }
        let rows = untrack(|| self.rows());
        let position = rows.step(self.position.get_untracked(), last, now);
        self.scroll_px.set(now);
        self.position.set(position);
    }

    // ---- the rest

    /// `Event 12 of 34, pairs folded · newest first`.
    pub fn position_words(self) -> String {
        let n = self.n_events() as u64;
        let standing = match (self.selected(), n) {
            (_, 0) => return String::new(),
            (Some(place), n) => {
                format!(
                    "Event {} of {}",
                    words::count(place as u64 + 1),
                    words::count(n)
                )
            }
            (None, n) => words::counted(n, "event", "events"),
        };
        let folded = match self.lines.with(|lines| lines.has_folded()) {
            true => ", pairs folded",
            false => "",
        };
        format!("{standing}{folded} · newest first")
    }

    pub fn back(self) {
        self.app.view.set(View::Resources);
    }
}
