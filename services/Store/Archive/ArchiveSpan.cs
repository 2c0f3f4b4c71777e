using System.Data.Common;

namespace EarlyWarning.Store.Archive;

/// <summary>Entries of a journal, one after the other, that one file of the archive holds.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="File">The file's name in the archive's folder.</param>
/// <param name="First">The position of the first of them.</param>
/// <param name="Last">The position of the last of them; what the file has beyond it does not count.</param>
/// <param name="Checksum">
/// The last one's checksum: an earlier copy of the file, or one of a store that went another way, does not have it.
/// </param>
internal sealed record ArchiveSpan(string Journal, string File, long First, long Last, long Checksum)
{
    /// <summary>The columns of the table <c>archive</c>, as they are read.</summary>
    public const string Columns = "journal, file, first_position, last_position, checksum";

    /// <summary>Reads a row of these columns.</summary>
    public static ArchiveSpan Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
}
