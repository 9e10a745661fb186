//! The sign of the organisation, at the head of every page.

use crate::base::picture::{Size, Sort, beyond_drawing};
use crate::base::source::{Content, SourcePath, Sources, Span};
use crate::model::book::Handbook;
use crate::model::form::Attachment;
use crate::model::text::Text;
use crate::row;

/// The largest logo, in bytes: every reader loads it before anything else.
pub const MAX_LOGO: usize = 200_000;

row! {
    /// The sign of an organisation.
    pub struct Logo {
        /// The picture, below `content/`.
        file: Attachment = required,
        /// The same for dark pages, where it has to be another.
        dark: Option<Attachment>,
        /// What it says or shows.
        alt: Text = required,
    }
}

/// A picture that pages may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub path: SourcePath,
    /// How large it is drawn, where it says so.
    pub size: Option<Size>,
}

/// Why a picture is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no such file.
    Missing,
    /// It is no picture, or not of the sort that its name tells.
    NoPicture,
    /// It is too large: its bytes.
    TooLarge(usize),
    /// It holds more than a drawing should: what.
    Unsafe(String),
}

/// The logo as far as it can be shown, and what is wrong with its files.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// On light pages.
    pub light: Option<Picture>,
    /// On dark pages, where it is another.
    pub dark: Option<Picture>,
    /// What is wrong with which file.
    pub faults: Vec<(Attachment, Fault)>,
}

/// Looks at the files of the logo that the settings name.
pub(super) fn look(book: &Handbook, sources: &Sources) -> Shown {
    let mut shown = Shown::default();
    let Some(logo) = &book.config.logo else { return shown };
    shown.light = take(book, sources, Some(&logo.file), &mut shown.faults);
    shown.dark = take(book, sources, logo.dark.as_ref(), &mut shown.faults);
    shown
}

fn take(
    book: &Handbook,
    sources: &Sources,
    file: Option<&Attachment>,
    faults: &mut Vec<(Attachment, Fault)>,
) -> Option<Picture> {
    // Where no path could be read that has been told.
    let file = file.filter(|file| !file.path.is_empty() && file.span != Span::default())?;
    match picture(book, sources, file) {
        Ok(picture) => picture,
        Err(fault) => {
            faults.push((file.clone(), fault));
            None
        }
    }
}

/// The picture in a file; none where the file cannot be read, which is told of the file itself.
fn picture(book: &Handbook, sources: &Sources, file: &Attachment) -> Result<Option<Picture>, Fault> {
    let path = path(file).ok_or(Fault::Missing)?;
    let source = sources.find(path.as_str()).ok_or(Fault::Missing)?;
    let bytes = match &source.content {
        Content::Bytes(bytes) => bytes,
        Content::Text(_) => return Err(Fault::NoPicture),
        Content::Unreadable(_) => return Ok(None),
    };
    if !book.media.contains_key(&path) {
        return Err(Fault::Missing);
    }
    if bytes.len() > MAX_LOGO {
        return Err(Fault::TooLarge(bytes.len()));
    }
    let sort = Sort::of(bytes).filter(|sort| sort.fits(path.name())).ok_or(Fault::NoPicture)?;
    if sort == Sort::Svg {
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::NoPicture)?;
        beyond_drawing(text).map_or(Ok(()), |what| Err(Fault::Unsafe(what)))?;
    }
    Ok(Some(Picture { size: sort.size(bytes), path }))
}

/// The file from the root of the handbook; the folder `content` may stand in its path or not.
fn path(file: &Attachment) -> Option<SourcePath> {
    SourcePath::new(&format!("content/{}", file.path.trim_start_matches("content/")))
}
