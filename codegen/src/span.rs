//! Places in source files. Every later stage speaks of a place as a [`Span`]; only `render` turns one into lines
//! and columns.

/// A file read by this run: an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Files above 4 GiB are refused when they are read, so the casts lose nothing.
        Self { file, start: start as u32, end: end.max(start) as u32 }
    }

    /// The smallest span that holds both. Both must be of one file.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The range as indices into the file's text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path to show to people, with `/` between its parts.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// Whether somebody wrote it, so that nothing in it is known to be right.
    pub written: bool,
}

impl Source {
    /// The 1-based line, and the 1-based column in characters, of a byte offset.
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let upto = &self.text[..floor_boundary(&self.text, offset as usize)];
        let line_start = upto.rfind('\n').map_or(0, |at| at + 1);
        (upto.matches('\n').count() + 1, upto[line_start..].chars().count() + 1)
    }
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All files of a run, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and says how to speak of it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(Source { path: path.into(), text: text.into(), written: true })
    }

    /// Adds a file that nobody wrote.
    pub(crate) fn add_unwritten(&mut self, path: String, text: String) -> FileId {
        self.push(Source { path, text, written: false })
    }

    fn push(&mut self, source: Source) -> FileId {
        self.0.push(source);
        FileId(self.0.len() as u32 - 1)
    }

    /// The file of an id that [`Sources::add`] gave.
    pub fn get(&self, file: FileId) -> &Source {
        &self.0[file.0 as usize]
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Every file with its id.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.0.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }
}
