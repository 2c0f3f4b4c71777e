using EarlyWarning.Store.Backup;
using EarlyWarning.Store.Migrations;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EarlyWarning.Store.Databases;

/// <content>Its content as a file, and back.</content>
internal sealed partial class PostgresDatabase
{
    /// <summary>Whether the suite's tables are there.</summary>
    public bool HasStore()
    {
        using var connection = new NpgsqlConnection(_writing);
        connection.Open();
        using NpgsqlCommand command = new("select to_regclass('store') is not null", connection);
        return (bool)command.ExecuteScalar()!;
    }

    /// <summary>Fills an empty copy from one snapshot, on a connection of its own.</summary>
    public void Export(
        SqliteConnection copy,
        IReadOnlyList<Migration> migrations,
        DateTimeOffset now,
        Action<BackupProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var connection = new NpgsqlConnection(_writing);
        connection.Open();
        PortableCopy.Export(connection, copy, migrations, now, progress, cancellationToken);
    }

    /// <summary>Makes the tables and fills them from a copy.</summary>
    public void Import(string file, IReadOnlyList<Migration> migrations, DateTimeOffset now)
    {
        using var connection = new NpgsqlConnection(_writing);
        connection.Open();
        Migrator.Run(new PostgresSession(connection), this, migrations, now);
        using var copy = CopyFile.Open(file);
        PortableCopy.Import(copy, connection);
    }
}
