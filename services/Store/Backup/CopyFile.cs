using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Files;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Backup;

/// <summary>
/// A copy of a store in one file of SQLite, whichever engine the store runs on. One that is being made has no name yet under which it
/// would count.
/// </summary>
internal static class CopyFile
{
    private const string Part = ".part";

    /// <summary>The name of a copy until it counts.</summary>
    public static string Unfinished(string file) => file + Part;

    /// <summary>Opens a copy to be filled or changed; flushing is left to <see cref="Finish"/>.</summary>
    public static SqliteConnection Open(string file)
    {
        if (!File.Exists(file))
        {
            using var made = PrivateFile.Create(file, FileMode.CreateNew);
        }

        SqliteConnectionStringBuilder writing = new()
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        SqliteConnection connection = new(writing.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// The tables of those who run on a store, and of what they know each other by: no part of what it keeps, and secret in part.
    /// </summary>
    private static readonly string[] s_running = ["process", "silo", "silo_version", "cluster_authority"];

    /// <summary>Whether a table has nothing but who runs on the store now.</summary>
    public static bool IsOfTheRunning(string table) => s_running.Contains(table, StringComparer.Ordinal);

    /// <summary>Writes into the copy why it is quiet, and leaves out who ran on what it is a copy of.</summary>
    public static void Silence(SqliteConnection copy, string why)
    {
        Execute(copy, "pragma journal_mode = delete");
        Execute(copy, "pragma secure_delete = on");
        foreach (var (table, _) in Tables(copy).Where(one => IsOfTheRunning(one.Table)))
        {
            Execute(copy, $"delete from {table}");
        }

        using var command = copy.CreateCommand();
        command.CommandText = "update store set quiet = $1";
        command.Parameters.AddWithValue("$1", why);
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidDataException("it does not say which store it is of");
        }
    }

    /// <summary>Brings the copy to the disk and gives it its name.</summary>
    public static void Finish(string file)
    {
        DurableFile.FlushFile(Unfinished(file));
        DurableFile.Rename(Unfinished(file), file);
    }

    /// <summary>
    /// Reads all of the copy: its structure, and every entry and snapshot against its checksum, in order and without gaps but those that it
    /// says are in a file of the archive that was missing.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not whole; the message says where.</exception>
    public static (long Journals, long Entries) Check(SqliteConnection copy, CancellationToken cancellationToken)
    {
        if (Text(copy, "pragma integrity_check(1)") is var found && found != "ok")
        {
            throw new InvalidDataException($"its structure is damaged: {found}");
        }

        var spans = ArchiveMerge.Spans(copy).ToLookup(span => span.Journal, StringComparer.Ordinal);
        using var command = copy.CreateCommand();
        command.CommandText =
            $"select {EntryRow.Columns}, j.journal, coalesce(w.trimmed, 0) from journal j left join writer w on w.journal = j.journal "
            + "order by j.journal, j.position";
        using var row = command.ExecuteReader();
        var (journals, entries, name, last) = (0L, 0L, "", 0L);
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var journal = row.GetString(5);
            var entry = Entry(journal, row);
            if (journal != name)
            {
                (journals, name, last) = (journals + 1, journal, Math.Min(row.GetInt64(6), entry.Position - 1));
            }

            // In order: where one ends the next one may begin.
            foreach (var span in spans[journal].Where(span => span.First == last + 1 && span.Last < entry.Position))
            {
                last = span.Last;
            }

            if (entry.Position != last + 1)
            {
                throw new InvalidDataException($"entry {last + 1} of the journal {journal} is missing");
            }

            (entries, last) = (entries + 1, entry.Position);
        }

        return (journals, entries);
    }

    /// <summary>Runs a statement that is a constant.</summary>
    public static void Execute(SqliteConnection copy, string sql)
    {
        using var command = copy.CreateCommand();
#pragma warning disable CA2100 // The text is a constant, or made of the tables' own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The tables that a copy has, in the order in which they were made, and their columns.</summary>
    public static IReadOnlyList<(string Table, string[] Columns)> Tables(SqliteConnection copy)
    {
        using var command = copy.CreateCommand();
        command.CommandText =
            "select t.name, c.name from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like "
            + "'sqlite_%' order by t.rowid, c.cid";
        using var row = command.ExecuteReader();
        List<(string Table, string Column)> columns = [];
        while (row.Read())
        {
            columns.Add((row.GetString(0), row.GetString(1)));
        }

        return [.. columns.GroupBy(column => column.Table).Select(table => (table.Key, table.Select(column => column.Column).ToArray()))];
    }

    private static JournalEntry Entry(string journal, SqliteDataReader row)
    {
        try
        {
            return EntryRow.Read(journal, row);
        }
        catch (JournalDamagedException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static string? Text(SqliteConnection copy, string sql)
    {
        using var command = copy.CreateCommand();
#pragma warning disable CA2100 // The text is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as string;
    }
}
