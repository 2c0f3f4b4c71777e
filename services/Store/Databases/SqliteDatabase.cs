using System.Data.Common;
using EarlyWarning.Store.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Store.Databases;

/// <summary>
/// SQLite in one file of the data folder: write-ahead log, every commit on the disk before it is answered. One connection writes; readers
/// only query; another one moves the log into the file all the time, so that no commit waits for it.
/// </summary>
internal sealed partial class SqliteDatabase : Database
{
    public const string FileName = "store.db";

    /// <summary>So many free pages stay in the file for what comes.</summary>
    private const long SparePages = 1_024;

    /// <summary>So many are given back at a time: 8 MB, once a second.</summary>
    private const long VacuumPages = 1_024;

    /// <summary>A read ends after this: an open one keeps the log from beginning anew.</summary>
    private static readonly TimeSpan s_longestRead = TimeSpan.FromSeconds(2);
    private readonly string _folder;
    private readonly string _reading;
    private readonly Ballast _ballast;
    private readonly long _largestLog;
    private readonly ReaderGate _readers = new();
    private volatile string? _refusal;
    private readonly SqliteCheckpointer _checkpointer;

    public SqliteDatabase(string folder, TimeSpan timeout, bool ballast, long largestLog, ILogger logger)
    {
        _folder = Path.GetFullPath(folder);
        File = Path.Combine(_folder, FileName);
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        Writing = new SqliteConnectionStringBuilder
        {
            DataSource = File,
            // Whoever opens it finds it there: what made it anew where it was taken away would stand in its way back.
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = seconds,
        }.ConnectionString;
        _reading = new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = seconds,
        }.ConnectionString;
        _ballast = new(_folder, ballast, logger);
        _largestLog = largestLog;
        _checkpointer = new(Writing, File, logger);
    }

    public string File { get; }

    public string Writing { get; }

    public override string Place => $"the store {File}";

    public override string ForShare => "";

    public override string? Refusal => _refusal;

    public override string Dialect => "sqlite";

    public override DatabaseSession Open()
    {
        if (!System.IO.File.Exists(File))
        {
            if (!MayCreate)
            {
                throw new FileNotFoundException(
                    $"the file is missing. Put it back with all of its neighbours ({FileName}-wal), or restore the folder from a backup."
                );
            }

            // Made before SQLite makes it, which would ask the umask who may read; its log takes over the mode.
            using var made = PrivateFile.Create(File, FileMode.CreateNew);
        }

        var connection = new SqliteConnection(Writing);
        try
        {
            connection.Open();
            connection.CreateFunction<string, string, string>("audit_hash", AuditHash.Of, isDeterministic: true);
            var session = new SqliteSession(connection);
            session.Execute(new("pragma page_size = 8192"));
            session.Execute(new("pragma auto_vacuum = incremental"));
            session.Query(new("pragma journal_mode = wal"), row => row.GetString(0));
            session.Execute(new("pragma synchronous = full"));
            session.Execute(new("pragma wal_autocheckpoint = 0"));

            // The ends of a few hundred journals, which every commit goes on from: 32 MB.
            session.Execute(new("pragma cache_size = -32768"));
            session.Execute(new("pragma foreign_keys = on"));
            Demand(session);
            _ballast.Fill();

            // Whatever else is open may have another file open.
            _checkpointer.Start();
            ClearReaders();
            RememberFile();
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override Task<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                _readers.Enter();
                try
                {
                    return Read(statement, map, cancellationToken);
                }
                finally
                {
                    _readers.Leave();
                }
            },
            cancellationToken
        );

    private List<T> Read<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(_reading);
        connection.Open();
        var started = Environment.TickCount64;
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of a service; what callers send is in the values.
        command.CommandText = statement.Sql;
#pragma warning restore CA2100
        for (var index = 0; index < statement.Values.Length; index++)
        {
            command.Parameters.AddWithValue($"${index + 1}", statement.Values[index] ?? DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.Add(map(reader));
            if (Environment.TickCount64 - started > s_longestRead.TotalMilliseconds)
            {
                throw new TimeoutException($"A read of {Place} took longer than {s_longestRead.TotalSeconds:0} s.");
            }
        }

        return rows;
    }

    public override void Tend(DatabaseSession session)
    {
        _ballast.Fill();
        _checkpointer.Wake();
        if (_checkpointer.LogBytes > _largestLog / 4)
        {
            // The log begins anew in a moment without a reader: among many there is none by itself, and it would grow without end.
            _checkpointer.RunBetween(s_longestRead, () =>
                _readers.RunAlone(s_longestRead, () => session.Query(new("pragma wal_checkpoint(truncate)"), row => row.GetInt64(0)))
            );
        }

        // What was deleted is given back in small steps, so that no commit waits long for it.
        if (session.Query(new("pragma freelist_count"), row => row.GetInt64(0))[0] > SparePages)
        {
            session.Query(new($"pragma incremental_vacuum({VacuumPages})"), _ => 0);
        }

        _refusal =
            _checkpointer.LogBytes <= _largestLog
                ? null
                : $"The log of {File} has grown to {_checkpointer.LogBytes >> 20} MB, because a program holds it open for reading. "
                    + "Close that program; the suite goes on by itself.";
    }

    public override void Settle(DatabaseSession session)
    {
        // Whoever copies the file alone then has all of it.
        ClearReaders();
        session.Query(new("pragma wal_checkpoint(truncate)"), row => row.GetInt64(0));
    }

    public override long? UsedBytes()
    {
        try
        {
            return new DirectoryInfo(_folder).EnumerateFiles(FileName + "*").Sum(file => file.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public override long? LogBytes => _checkpointer.LogBytes;

    public override async ValueTask DisposeAsync()
    {
        await _checkpointer.DisposeAsync();
        ClearReaders();
    }

    private void ClearReaders()
    {
        using var key = new SqliteConnection(_reading);
        SqliteConnection.ClearPool(key);
    }
}
