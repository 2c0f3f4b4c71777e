using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Migrations;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EarlyWarning.Store.Backup;

/// <summary>The content of a server's database as a file, and back.</summary>
internal static class ServerCopy
{
    /// <summary>Whether the suite's tables are there.</summary>
    public static bool HasStore(PostgresDatabase database)
    {
        using var connection = Open(database);
        using NpgsqlCommand command = new("select to_regclass('store') is not null", connection);
        return (bool)command.ExecuteScalar()!;
    }

    /// <summary>Fills an empty copy from one snapshot, on a connection of its own.</summary>
    public static void Export(
        PostgresDatabase database,
        SqliteConnection copy,
        IReadOnlyList<Migration> migrations,
        DateTimeOffset now,
        Action<BackupProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var connection = Open(database);
        PortableCopy.Export(connection, copy, migrations, now, progress, cancellationToken);
    }

    /// <summary>Makes the tables and fills them from a copy.</summary>
    public static void Import(PostgresDatabase database, string file, IReadOnlyList<Migration> migrations, DateTimeOffset now)
    {
        using var connection = Open(database);
        Migrator.Run(new PostgresSession(connection), database, migrations, now);
        using var copy = CopyFile.Open(file);
        PortableCopy.Import(copy, connection);
    }

    private static NpgsqlConnection Open(PostgresDatabase database)
    {
        var connection = database.Connect();
        connection.Open();
        return connection;
    }
}
