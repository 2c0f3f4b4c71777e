using System.Text;
using EarlyWarning.Cli.Output;

namespace EarlyWarning.Cli.Importing;

/// <summary>Knows files that are no CSV by how they begin.</summary>
internal static class FileKind
{
    private const string SaveAsCsv = "Save it as CSV";

    private static readonly (byte[] Magic, int At, string What, string Way)[] s_kinds =
    [
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "an Excel workbook (of the old format)", SaveAsCsv),
        ("PAR1"u8.ToArray(), 0, "a Parquet file", "Write it as CSV"),
        ("ARROW1"u8.ToArray(), 0, "an Arrow or Feather file", "Write it as CSV"),
        ("BZh"u8.ToArray(), 0, "packed with bzip2", "Unpack it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], 0, "packed with xz", "Unpack it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "packed with zstd", "Unpack it first"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], 0, "a 7z archive", "Unpack it first"),
        ("Rar!"u8.ToArray(), 0, "a rar archive", "Unpack it first"),
        ("ustar"u8.ToArray(), 257, "a tar archive", "Unpack it first"),
        ([0x1F, 0x8B], 0, "packed with gzip", "Unpack it first"),
        ("SQLite format 3"u8.ToArray(), 0, "an SQLite database", "Write the table as CSV"),
        ("%PDF"u8.ToArray(), 0, "a PDF document", "Look for the table itself as CSV"),
        ("RDX"u8.ToArray(), 0, "an R data file", "Write it with write.csv"),
        ("<stata_dta>"u8.ToArray(), 0, "a Stata file", "Write it with export delimited"),
        ("$FL2"u8.ToArray(), 0, "an SPSS file", "Write it as CSV"),
    ];

    private static readonly string[] s_markup = ["<!doctype html", "<html", "<?xml"];

    public static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <summary>Throws with what the file is and what to do, where its first bytes are not those of a text.</summary>
    public static void RefuseAnyOtherThanText(string path, ReadOnlySpan<byte> head)
    {
        foreach (var (magic, at, what, way) in s_kinds)
        {
            if (head.Length >= at + magic.Length && head.Slice(at, magic.Length).SequenceEqual(magic))
            {
                throw Refused(path, what, way);
            }
        }

        if (head is [0x50, 0x4B, 0x03 or 0x05, 0x04 or 0x06, ..])
        {
            throw Zipped(path, Encoding.Latin1.GetString(head));
        }

        var hasMark = head is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..];
        if (!hasMark && head.Contains((byte)0))
        {
            throw Refused(path, "no text, or a text in UTF-16 without its mark", "Save it as CSV in UTF-8");
        }

        var start = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (s_markup.Any(tag => start.StartsWith(tag, StringComparison.OrdinalIgnoreCase)))
        {
            throw Refused(path, "a web page or XML", "A download may have given a page in place of the file; look for the CSV");
        }

        if (start.StartsWith('{') || start.StartsWith("[{", StringComparison.Ordinal))
        {
            throw Refused(path, "JSON", "Write it as CSV");
        }
    }

    // The names of an archive's first files stand in its first bytes; each program writes one of its own there.
    private static CliException Zipped(string path, string head)
    {
        var extension = Path.GetExtension(path).ToUpperInvariant();
        return head.Contains("opendocument.spreadsheet", StringComparison.Ordinal) || extension == ".ODS"
                ? Refused(path, "an OpenDocument spreadsheet", SaveAsCsv)
            : head.Contains("[Content_Types].xml", StringComparison.Ordinal)
            || head.Contains("xl/", StringComparison.Ordinal)
            || extension is ".XLSX" or ".XLSM" or ".XLSB"
                ? Refused(path, "an Excel workbook", SaveAsCsv)
            : Refused(path, "a zip archive", "Unpack it and import the CSV file in it");
    }

    private static CliException Refused(string path, string what, string way) => new($"{path} is {what}. {way}.");
}
