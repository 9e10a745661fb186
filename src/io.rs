//! The only place that touches the disk: reading a handbook, watching it, publishing a site.
//!
//! Layer 1 by its imports. Everything it reads becomes a value, everything it writes was one.

mod alone;
mod chance;
mod create;
mod history;
mod keep;
mod letters;
mod mark;
mod pack;
mod publish;
mod read;
mod same;
mod state;
mod watch;
mod write;

pub use alone::{Alone, Running};
pub use chance::{now, secret};
pub use create::create;
pub use keep::Keep;
pub use letters::text_of;
pub use pack::{Compress, Package, held, package, sweep};
pub use publish::{Assets, Extras, Published, Stage, addresses, publish, really, recover};
pub use read::{Disk, bytes_of, names_in, readable};
pub use state::{State, handbook_state, program_state, site_state};
pub use watch::{Watch, watch};
pub use write::{Last, make_folder, restore, sweep_beside, write};

crate::codes! { "io/io.toml":
    NO_ROOT = "no-root",
    ROOT_UNREADABLE = "root-unreadable",
    TARGET_IS_FILE = "target-is-file",
    TARGET_NOT_OURS = "target-not-ours",
    TARGET_INSIDE = "target-inside",
    FILE_UNREADABLE = "file-unreadable",
    DATA_TOO_LARGE = "data-too-large",
    FOLDER_TAKEN = "folder-taken",
    WRITE_FAILED = "write-failed",
    DISK_FULL = "disk-full",
    PACKAGE_FOLDER = "package-folder",
    PACKAGE_DAMAGED = "package-damaged",
    OUTSIDE = "outside",
}
