//! What the colours of a picture are (ICC.1:2010, 7 to 10), without what else stands in a profile: who
//! made it, when, for which device, and the name that somebody gave to their screen.

/// The most bytes of a profile: those for four inks of print are the longest.
pub(super) const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most entries of its table.
const MOST_TAGS: usize = 100;
/// Where the table begins, and how long one entry is.
const TABLE: usize = 132;
const ENTRY: usize = 12;

/// What says how numbers become colours.
const DRAW: [&[u8; 4]; 14] = [
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad",
    b"A2B0", b"A2B1", b"A2B2", b"cicp",
];
/// The kinds of things that it is said with: numbers.
const NUMBERS: [&[u8; 4]; 8] = [
    b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"cicp",
];

/// The profile with what draws and nothing else, if it is one for these colours (`RGB `, `GRAY`,
/// `CMYK`).
pub(super) fn clean(profile: &[u8], colours: &[u8; 4]) -> Option<Vec<u8>> {
    let head = profile.get(..TABLE)?;
    let length = number(profile, 0)? as usize;
    let profile = profile
        .get(..length)
        .filter(|all| all.len() <= MOST_BYTES)?;
    let right = [
        head.get(36..40) == Some(b"acsp"),
        head.get(16..20) == Some(colours),
        [&b"XYZ "[..], b"Lab "].contains(&head.get(20..24)?),
        [&b"scnr"[..], b"mntr", b"prtr", b"spac"].contains(&head.get(12..16)?),
        matches!(head.get(8), Some(2 | 4)),
    ];
    if right.contains(&false) {
        return None;
    }
    let tags = number(profile, 128)? as usize;
    let table = profile.get(TABLE..TABLE + ENTRY * Some(tags).filter(|n| *n <= MOST_TAGS)?)?;
    let mut kept: Vec<([u8; 4], &[u8])> = Vec::new();
    for entry in table.chunks_exact(ENTRY) {
        let name: [u8; 4] = entry.get(..4)?.try_into().ok()?;
        let (from, length) = (number(entry, 4)? as usize, number(entry, 8)? as usize);
        let data = profile.get(from..from.checked_add(length)?)?;
        let is_new = kept.iter().all(|(known, _)| *known != name);
        if is_new && DRAW.contains(&&name) && data.get(..4).is_some_and(is_of_numbers) {
            kept.push((name, data));
        }
    }
    draws(&kept, colours).then(|| written(head, &kept))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

fn is_of_numbers(kind: &[u8]) -> bool {
    NUMBERS.iter().any(|known| *known == kind)
}

/// Whether there is enough to draw with.
fn draws(kept: &[([u8; 4], &[u8])], colours: &[u8; 4]) -> bool {
    let all = |names: &[&[u8; 4]]| {
        let there = |name: &&[u8; 4]| kept.iter().any(|(known, _)| known == *name);
        names.iter().all(there)
    };
    all(&[b"A2B0"])
        || match colours {
            b"RGB " => all(&[b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"]),
            b"GRAY" => all(&[b"kTRC"]),
            _ => false,
        }
}

/// A profile of these parts. Its name and its rights, which every profile has to have, say nothing.
fn written(head: &[u8], kept: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let (name, rights) = match head.get(8) {
        Some(2) => (
            [&b"desc\0\0\0\0\0\0\0\x02-\0"[..], &[0; 78]].concat(),
            b"text\0\0\0\0-\0".to_vec(),
        ),
        _ => {
            let one = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x02\0\0\0\x1c\0-".to_vec();
            (one.clone(), one)
        }
    };
    let own = [(*b"desc", &name[..]), (*b"cprt", &rights[..])];
    let kept: Vec<_> = own.into_iter().chain(kept.iter().copied()).collect();
    let mut out = head.get(..128).unwrap_or_default().to_vec();
    // The program that made it, when, on what, for which device, by whom, and the sum over all that.
    for of_somebody in [4..8, 24..36, 40..44, 48..56, 80..128] {
        if let Some(bytes) = out.get_mut(of_somebody) {
            bytes.fill(0);
        }
    }
    let mut data: Vec<u8> = Vec::new();
    let begins = TABLE + ENTRY * kept.len();
    let mut places: Vec<(&[u8], usize)> = Vec::new();
    out.extend(four(kept.len()));
    for (name, bytes) in &kept {
        // The curves of red, green and blue are mostly one.
        let known = places.iter().find(|(known, _)| known == bytes);
        let place = known.map_or(begins + data.len(), |(_, place)| *place);
        if known.is_none() {
            places.push((bytes, place));
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        out.extend_from_slice(name);
        out.extend(four(place));
        out.extend(four(bytes.len()));
    }
    out.extend(data);
    let length = four(out.len());
    if let Some(bytes) = out.get_mut(..4) {
        bytes.copy_from_slice(&length);
    }
    out
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::samples::profile;
    use super::*;

    #[test]
    fn a_profile_keeps_its_colours_and_nothing_of_who_made_it() {
        for version in [2, 4] {
            let whole = profile(version, b"RGB ", "Jo Bright’s screen in Station Road");
            let clean = super::clean(&whole, b"RGB ").expect("a profile");
            let text = String::from_utf8_lossy(&clean).into_owned();
            for gone in ["Jo Bright", "Station", "JOBR", "SCRN", "note"] {
                assert!(!text.contains(gone), "{gone}");
            }
            assert_eq!(number(&clean, 0), Some(clean.len() as u32));
            assert_eq!(clean.get(24..36), Some(&[0; 12][..]), "no date");
            for kept in [&b"rXYZ"[..], b"gTRC", b"red red red", b"curve"] {
                assert!(clean.windows(kept.len()).any(|some| some == kept));
            }
            let once = clean.windows(5).filter(|five| five == b"curve").count();
            assert_eq!(once, 1, "the one curve of three colours");
            assert_eq!(
                super::clean(&clean, b"RGB "),
                Some(clean),
                "nothing is left"
            );
        }
    }

    #[test]
    fn what_is_no_profile_or_one_of_other_colours_is_none() {
        let whole = profile(2, b"RGB ", "a screen");
        assert_eq!(clean(&whole, b"CMYK"), None);
        for end in 0..whole.len() {
            assert_eq!(clean(&whole[..end], b"RGB "), None, "{end}");
        }
        for (at, wrong) in [(36, 0), (8, 9), (12, b'l'), (20, 0), (128, 1), (136, 0xff)] {
            let mut damaged = whole.clone();
            damaged[at] = wrong;
            assert_eq!(clean(&damaged, b"RGB "), None, "{at}");
        }
        assert_eq!(clean(b"ICC", b"RGB "), None);
    }
}
