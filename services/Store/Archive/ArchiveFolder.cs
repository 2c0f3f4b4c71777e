using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Entries;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Archive;

/// <summary>
/// The files of the archive, below the data folder: of SQLite, each for entries recorded in one calendar year, with the name of the store
/// that they are of. They hold rows as the store does, so that a backup of the store can take a file's place. Each is opened anew and
/// looked at for each page that is read: one that was moved away or replaced is noticed. Thread-safe.
/// </summary>
internal sealed partial class ArchiveFolder(string dataDirectory, Func<StoreIdentity> identity)
{
    public const string Name = "archive";

    private const long Format = 1;
    private const string Rows =
        $"select {EntryRow.Columns} from journal where journal = $1 and position > $2 and position <= $3 order by position limit $4";
    private readonly string _folder = Path.Combine(Path.GetFullPath(dataDirectory), Name);

    /// <summary>The bytes that the files take.</summary>
    public long UsedBytes() => Directory.Exists(_folder) ? new DirectoryInfo(_folder).EnumerateFiles().Sum(file => file.Length) : 0;

    /// <summary>Where a file is.</summary>
    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>Whether there is such a file.</summary>
    public bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>Looks whether a file is there, of this store, and has what was moved into it, by the last entry of each journal.</summary>
    /// <exception cref="ArchiveException">It has not.</exception>
    public void Check(string file, IEnumerable<ArchiveSpan> spans) => Use(file, connection => spans.All(span => Demand(connection, span)));

    /// <summary>Reads the entries after a position, not beyond another one.</summary>
    /// <exception cref="ArchiveException">The file does not have them.</exception>
    public Task<List<JournalEntry>> ReadAsync(ArchiveSpan span, long after, long last, int limit, CancellationToken cancellationToken) =>
        Task.Run(() => Read(span, after, last, limit, EntryRow.Read, static entry => entry.Position, cancellationToken), cancellationToken);

    /// <summary>Reads the entries after a position with all that is stored of them.</summary>
    /// <exception cref="ArchiveException">The file does not have them.</exception>
    public List<StoredEntry> ReadWhole(ArchiveSpan span, long after, int limit, CancellationToken cancellationToken) =>
        Read(span, after, span.Last, limit, EntryRow.ReadWhole, static entry => entry.Position, cancellationToken);

    /// <summary>Reads the entries at positions within what was moved, in order.</summary>
    /// <exception cref="ArchiveException">The file does not have them.</exception>
    public Task<List<JournalEntry>> ReadAtAsync(ArchiveSpan span, IReadOnlyList<long> positions, CancellationToken cancellationToken) =>
        Task.Run(() => Use(span.File, connection =>
                {
                    Demand(connection, span);
                    List<JournalEntry> found = [];
                    foreach (var position in positions)
                    {
                        using var command = Command(connection, Rows, span.Journal, position - 1, position, 1L);
                        found.Add(
                            Entries(span, command, EntryRow.Read, cancellationToken) is [var entry] ? entry : throw Without(span, position)
                        );
                    }

                    return found;
                }), cancellationToken);

    private List<T> Read<T>(
        ArchiveSpan span,
        long after,
        long last,
        int limit,
        Func<string, SqliteDataReader, T> map,
        Func<T, long> position,
        CancellationToken cancellationToken
    ) => Use(span.File, connection =>
        {
            Demand(connection, span);
            using var command = Command(connection, Rows, span.Journal, after, last, (long)limit);
            var entries = Entries(span, command, map, cancellationToken);
            var whole = entries.TakeWhile((entry, index) => position(entry) == after + 1 + index).Count();
            return whole == entries.Count && whole > 0 ? entries : throw Without(span, after + 1 + whole);
        });

    private T Use<T>(string file, Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Open(file);
            using (var only = Command(connection, "pragma query_only = 1"))
            {
                only.ExecuteNonQuery();
            }

            return work(connection);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidCastException)
        {
            throw new ArchiveException(PathOf(file), $"cannot be read ({exception.Message})", exception);
        }
    }

    /// <summary>Opens a file to be written, because that alone undoes what a killed process had begun.</summary>
    private SqliteConnection Open(string file)
    {
        if (!Has(file))
        {
            throw new ArchiveException(PathOf(file), "is missing");
        }

        SqliteConnection connection = new(ConnectionString(PathOf(file)));
        try
        {
            connection.Open();
            using var format = Command(connection, "pragma user_version");
            using var owner = Command(connection, "select identity from store");
            if ((long)format.ExecuteScalar()! > Format)
            {
                throw new ArchiveException(PathOf(file), "was written by a newer build");
            }

            return owner.ExecuteScalar() as string == identity().Identity
                ? connection
                : throw new ArchiveException(PathOf(file), $"is not of this store ({identity().Identity})");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool Demand(SqliteConnection connection, ArchiveSpan span)
    {
        using var command = Command(
            connection,
            "select checksum from journal where journal = $1 and position = $2",
            span.Journal,
            span.Last
        );
        return command.ExecuteScalar() is long checksum && checksum == span.Checksum
            ? true
            : throw new ArchiveException(
                PathOf(span.File),
                $"does not have entry {span.Last} of the journal {span.Journal} as it was: it is an earlier copy, or another suite's"
            );
    }

    private List<T> Entries<T>(
        ArchiveSpan span,
        SqliteCommand command,
        Func<string, SqliteDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var row = command.ExecuteReader();
            List<T> entries = [];
            while (row.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                entries.Add(map(span.Journal, row));
            }

            return entries;
        }
        catch (JournalDamagedException exception)
        {
            throw new ArchiveException(PathOf(span.File), $"is damaged: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private ArchiveException Without(ArchiveSpan span, long position) =>
        new(PathOf(span.File), $"is damaged: entry {position} of the journal {span.Journal} is missing in it");

    private static string ConnectionString(string path) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 5,
        }.ConnectionString;

    private static SqliteCommand Command(SqliteConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        }

        return command;
    }
}
