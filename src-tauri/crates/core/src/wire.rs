//! Values that cross every border as the text that people read: `Display` writes it, `FromStr` reads it.

/// Text in JSON and the other formats of serde.
#[macro_export]
macro_rules! text_in_json {
    ($type:ty) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(::serde::de::Error::custom)
            }
        }
    };
}

/// `string` in TypeScript.
#[macro_export]
macro_rules! text_in_typescript {
    ($type:ty) => {
        impl ::ts_rs::TS for $type {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;
            fn name(_: &::ts_rs::Config) -> String {
                "string".to_owned()
            }
            fn inline(_: &::ts_rs::Config) -> String {
                "string".to_owned()
            }
        }
    };
}
