//! What a file is, by its bytes and never by its name alone.
//!
//! Invariant: nothing that a browser would run (HTML, SVG, scripts) and no office file with macros
//! is taken, and a file is offered under the ending of what it is.

/// A kind of file that people can open safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileKind {
    /// Its media type.
    pub media_type: &'static str,
    /// The endings it is known by, the usual one first.
    endings: &'static [&'static str],
}

const PDF: FileKind = FileKind {
    media_type: "application/pdf",
    endings: &["pdf"],
};
const PNG: FileKind = FileKind {
    media_type: "image/png",
    endings: &["png"],
};
const JPEG: FileKind = FileKind {
    media_type: "image/jpeg",
    endings: &["jpg", "jpeg"],
};
const WORD: FileKind = FileKind {
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    endings: &["docx"],
};
const EXCEL: FileKind = FileKind {
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    endings: &["xlsx"],
};
const CSV: FileKind = FileKind {
    media_type: "text/csv; charset=utf-8",
    endings: &["csv"],
};
const TEXT: FileKind = FileKind {
    media_type: "text/plain; charset=utf-8",
    endings: &["txt"],
};

impl FileKind {
    /// The kind of these bytes. Their name only tells a table from other text.
    pub fn of(bytes: &[u8], name: &str) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(PNG)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(JPEG)
        } else if bytes.starts_with(b"PK\x03\x04") {
            office(bytes)
        } else if begins_as_pdf(bytes) {
            Some(PDF)
        } else if let Some(text) = text(bytes, name) {
            Some(text)
        } else {
            holds_pdf(bytes).then_some(PDF)
        }
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        [PNG, JPEG].contains(&self)
    }

    /// The name without anything but letters, digits and a few marks, with the right ending.
    pub fn name(self, typed: &str) -> String {
        let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
        let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
        let stem: String = stem
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '(' | ')' | '.'))
            .take(100)
            .collect();
        let stem = match stem.trim_matches([' ', '.']) {
            "" => "document",
            named => named,
        };
        let ending = ending.to_ascii_lowercase();
        let usual = self.endings.first().copied().unwrap_or_default();
        let known = self.endings.iter().find(|e| **e == ending);
        format!("{stem}.{}", known.copied().unwrap_or(usual))
    }
}

/// The head of a PDF.
const PDF_HEAD: &[u8] = b"%PDF-";

/// Some programs put a mark of the order of bytes or blank lines before its head.
fn begins_as_pdf(bytes: &[u8]) -> bool {
    let begins = bytes.get(..1_024).unwrap_or(bytes);
    let begins = begins.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begins);
    begins.trim_ascii_start().starts_with(PDF_HEAD)
}

/// Others put orders to a printer before it; programs that read PDF look for its head within so many bytes
/// (ISO 32000-1, annex H.3.4.1). Text that speaks of PDF is text, and asked first.
fn holds_pdf(bytes: &[u8]) -> bool {
    let begins = bytes.get(..1_024).unwrap_or(bytes);
    let place = begins
        .windows(PDF_HEAD.len())
        .position(|five| five == PDF_HEAD);
    // A page of the web that speaks of PDF is none.
    place.is_some_and(|at| !begins.iter().take(at).any(|byte| *byte == b'<'))
}

/// An office file is a ZIP archive; the names of its parts stand in it uncompressed (ECMA-376).
fn office(bytes: &[u8]) -> Option<FileKind> {
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if !holds(b"[Content_Types].xml") || holds(b"vbaProject.bin") {
        None
    } else if holds(b"word/document.xml") {
        Some(WORD)
    } else if holds(b"xl/workbook.xml") {
        Some(EXCEL)
    } else {
        None
    }
}

fn text(bytes: &[u8], name: &str) -> Option<FileKind> {
    let text = std::str::from_utf8(bytes).ok()?;
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let name = name.to_ascii_lowercase();
    if text.chars().any(odd) {
        None
    } else if name.ends_with(".csv") {
        Some(CSV)
    } else if name.ends_with(".txt") {
        Some(TEXT)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_and_never_a_script() {
        let word = b"PK\x03\x04..[Content_Types].xml..word/document.xml..";
        let macros = b"PK\x03\x04..[Content_Types].xml..word/document.xml..word/vbaProject.bin";
        let far = [&[b' '; 1_019][..], b"%PDF-1.7"].concat();
        let farther = [&[b' '; 1_020][..], b"%PDF-1.7"].concat();
        let cases: [(&[u8], &str, Option<FileKind>); 20] = [
            (b"%PDF-1.7 ...", "plan.png", Some(PDF)),
            (b"\r\n%PDF-1.4 ...", "plan.pdf", Some(PDF)),
            (b"\xef\xbb\xbf%PDF-1.4 \xff", "plan.pdf", Some(PDF)),
            (b"\x1b%-12345X@PJL\r\n%PDF-1.4", "plan.pdf", Some(PDF)),
            (&far, "plan.pdf", Some(PDF)),
            (&farther, "plan.pdf", None),
            (b"<html>%PDF-1.4", "plan.pdf", None),
            (b"A PDF begins with %PDF-1.7\n", "notes.txt", Some(TEXT)),
            (b"kind,head\npdf,%PDF-\n", "kinds.csv", Some(CSV)),
            (b"%PDF-1.7 is how one begins\n", "notes.txt", Some(PDF)),
            (b"Scanned by X\n%PDF-1.4 \xff", "plan.pdf", Some(PDF)),
            (b"%PDF", "plan.pdf", None),
            (b"a,b\n1,2\n", "plan.csv", Some(CSV)),
            (word, "plan.zip", Some(WORD)),
            (macros, "plan.docx", None),
            (b"PK\x03\x04....", "plan.docx", None),
            (b"<svg onload=alert(1)>", "plan.svg", None),
            (b"<html>", "plan.html", None),
            (b"MZ\x90\x00\x03", "plan.txt", None),
            (b"\xff\xfea", "plan.txt", None),
        ];
        for (bytes, name, kind) in cases {
            assert_eq!(FileKind::of(bytes, name), kind, "{name}");
        }
    }

    #[test]
    fn a_name_keeps_its_words_and_gets_the_ending_of_what_it_is() {
        assert_eq!(PDF.name("Site plan (v2).PDF"), "Site plan (v2).pdf");
        assert_eq!(PDF.name("..\\..\\plan.exe"), "plan.pdf");
        assert_eq!(JPEG.name("photo.jpeg"), "photo.jpeg");
        assert_eq!(TEXT.name("\"\r\n.txt"), "document.txt");
    }
}
