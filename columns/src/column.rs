//! One column of fixed-size values, in chunks: it grows without copying what it holds, and no allocation nears
//! the limits of a browser's memory. Refuses to shrink; a row once written can only be overwritten.

/// Rows in a chunk.
pub const CHUNK: usize = 1 << 16;

#[derive(Clone, Debug)]
pub struct Column<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Column {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Copy> Column<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn push(&mut self, value: T) {
        if self.len.is_multiple_of(CHUNK) {
            // The first chunk grows with what it holds, so that a small file costs little.
            let room = if self.chunks.is_empty() { 256 } else { CHUNK };
            self.chunks.push(Vec::with_capacity(room));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(value);
            self.len += 1;
        }
    }

    /// Overwrites row `at`, or appends when `at` is the first row beyond the end.
    pub fn put(&mut self, at: usize, value: T) {
        if at == self.len {
            self.push(value);
        } else {
            self.chunks[at / CHUNK][at % CHUNK] = value;
        }
    }

    /// Panics beyond the end, as a slice does: row ids come from the store itself.
    pub fn get(&self, at: usize) -> T {
        self.chunks[at / CHUNK][at % CHUNK]
    }

    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.chunks.iter().flatten().copied()
    }

    /// The chunks, for loops over plain slices.
    pub fn chunks(&self) -> impl Iterator<Item = &[T]> + '_ {
        self.chunks.iter().map(Vec::as_slice)
    }

    pub fn bytes(&self) -> usize {
        self.chunks.iter().map(Vec::capacity).sum::<usize>() * size_of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_across_chunk_borders_and_can_be_overwritten() {
        let mut column = Column::default();
        for n in 0..(2 * CHUNK as u32 + 3) {
            column.push(n);
        }
        column.put(CHUNK, 7);
        column.put(2 * CHUNK + 3, 9);
        assert_eq!(column.len(), 2 * CHUNK + 4);
        assert_eq!(column.get(CHUNK - 1), CHUNK as u32 - 1);
        assert_eq!(column.get(CHUNK), 7);
        assert_eq!(column.get(2 * CHUNK + 3), 9);
        assert_eq!(column.iter().count(), column.len());
        assert_eq!(
            column.chunks().map(<[u32]>::len).sum::<usize>(),
            column.len()
        );
    }
}
