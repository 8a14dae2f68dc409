//! The three letters, and sets of them.

use std::fmt;

/// What a key may do with the records of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// `R`: search, read and count records, and ask for fields and defaults.
    Read,
    /// `W`: create records and change them.
    Write,
    /// `D`: delete records.
    Delete,
}

impl Permission {
    /// Every permission, in the order in which scopes are written.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Delete];

    /// Returns the letter which stands for the permission in a scope.
    pub fn letter(self) -> char {
        match self {
            Self::Read => 'R',
            Self::Write => 'W',
            Self::Delete => 'D',
        }
    }

    /// Returns the permission of a letter, in either case.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.letter().eq_ignore_ascii_case(&letter))
    }

    /// Returns the word for use in a sentence: `read`, `write` or `delete`.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Delete => "delete",
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::Read => 1,
            Self::Write => 2,
            Self::Delete => 4,
        }
    }
}

/// Shows the permission's letter.
impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// A set of permissions, written as letters: `RW`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Permissions(u8);

impl Permissions {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Returns true when the permission is in the set.
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Returns true when no permission is in the set.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Returns the permissions of the set, in the order R, W, D.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .into_iter()
            .filter(move |permission| self.contains(*permission))
    }

    /// Adds a permission, and returns false when it was there already.
    pub(crate) fn insert(&mut self, permission: Permission) -> bool {
        let is_new = !self.contains(permission);
        self.0 |= permission.bit();
        is_new
    }
}

/// Shows the letters, in the order R, W, D; nothing for the empty set.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter()
            .try_for_each(|permission| write!(f, "{permission}"))
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permissions({self})")
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions
            .into_iter()
            .fold(Self::NONE, |set, permission| Self(set.0 | permission.bit()))
    }
}
