//! Which way up a photograph is (Exif 2.3, 4.6.4, tag 274). Nothing else of what a camera wrote is
//! read.

/// How the stored rows and columns lie in the picture as it is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Orientation {
    /// Rows are columns: turned on its side. Done last.
    pub swapped: bool,
    /// Columns are stored from the right.
    pub from_right: bool,
    /// Rows are stored from the bottom.
    pub from_bottom: bool,
}

impl Orientation {
    /// Whether it is stored as it is seen.
    pub fn is_upright(self) -> bool {
        self == Self::default()
    }

    fn of(value: u16) -> Self {
        let (swapped, from_right, from_bottom) = match value {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, false, true),
            7 => (true, true, true),
            8 => (true, true, false),
            _ => (false, false, false),
        };
        Self {
            swapped,
            from_right,
            from_bottom,
        }
    }

    /// A note that says this and nothing else.
    pub fn note(self) -> Vec<u8> {
        let value = match (self.swapped, self.from_right, self.from_bottom) {
            (false, false, false) => 1,
            (false, true, false) => 2,
            (false, true, true) => 3,
            (false, false, true) => 4,
            (true, false, false) => 5,
            (true, false, true) => 6,
            (true, true, true) => 7,
            (true, true, false) => 8,
        };
        let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0];
        [b"MM\0\x2a\0\0\0\x08\0\x01", &entry[..], &[0; 4]].concat()
    }

    /// What the data of an application segment says, if it is Exif's.
    pub fn read(data: &[u8]) -> Option<Self> {
        Self::noted(data.strip_prefix(b"Exif\0\0")?)
    }

    /// What the note itself says, as a PNG has it.
    pub fn noted(tiff: &[u8]) -> Option<Self> {
        let numbers = Numbers {
            bytes: tiff,
            little: match tiff.get(..2)? {
                b"II" => true,
                b"MM" => false,
                _ => return None,
            },
        };
        let directory = numbers.four(4)? as usize;
        let entries = usize::from(numbers.two(directory)?);
        (0..entries)
            .map_while(|entry| directory.checked_add(2 + entry * 12))
            .find(|at| numbers.two(*at) == Some(274))
            .and_then(|at| numbers.two(at.checked_add(8)?))
            .map(Self::of)
    }
}

/// Numbers in the order of bytes that the file has.
struct Numbers<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Numbers<'_> {
    fn two(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match self.little {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        })
    }

    fn four(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(match self.little {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::exif;
    use super::*;

    #[test]
    fn a_photograph_says_which_way_up_it_is_in_either_order_of_bytes() {
        for little in [true, false] {
            for value in 1..=8 {
                let read = Orientation::read(&exif(value, little));
                assert_eq!(read, Some(Orientation::of(value)));
                assert_eq!(read, Orientation::noted(&Orientation::of(value).note()));
            }
        }
        let ways: std::collections::BTreeSet<_> = (1..=8)
            .map(|value| format!("{:?}", Orientation::of(value)))
            .collect();
        assert_eq!(ways.len(), 8);
        assert!(Orientation::of(0).is_upright() && Orientation::of(9).is_upright());
    }

    #[test]
    fn what_is_cut_off_or_leads_nowhere_says_nothing() {
        let whole = exif(6, true);
        for end in 0..whole.len() - 16 {
            assert_eq!(Orientation::read(&whole[..end]), None, "{end}");
        }
        let mut astray = whole;
        astray[10..14].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Orientation::read(&astray), None);
        assert_eq!(Orientation::read(b"http://ns.adobe.com/xap/1.0/\0"), None);
    }
}
