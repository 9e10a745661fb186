//! Fields that take one of a few words.

/// Declares an enum that is written as one of a few words; the first is the default.
#[macro_export]
macro_rules! choices {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$choice_doc:meta])* $choice:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$choice_doc])* $choice,)+
        }

        impl $name {
            /// The words, in the order of declaration.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// All of them, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$choice),+];

            /// The word in the file.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$choice => $word,)+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $crate::model::field::Field for $name {
            fn shape() -> $crate::model::field::Shape {
                $crate::model::field::Shape::Choice(Self::WORDS)
            }

            fn read(
                value: &$crate::syntax::toml::Value,
                cx: &mut $crate::model::field::ReadCx<'_>,
            ) -> Self {
                Self::read_any(value, cx).unwrap_or_default()
            }

            fn read_any(
                value: &$crate::syntax::toml::Value,
                cx: &mut $crate::model::field::ReadCx<'_>,
            ) -> Option<Self> {
                $crate::model::field::choice(value, Self::WORDS, cx).map(|at| Self::ALL[at])
            }

            fn held(&self) -> $crate::model::held::Held<'_> {
                $crate::model::held::Held::Choice(self.as_str())
            }
        }

        impl $crate::model::field::Item for $name {
            fn is_nothing(&self) -> bool {
                false
            }
        }
    };
}
