using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Migrations;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EarlyWarning.Store.Backup;

/// <summary>Carries all rows between PostgreSQL and a copy in a file of SQLite, in one transaction of each.</summary>
internal static class PortableCopy
{
    private const int RowsBetweenReports = 10_000;

    /// <summary>Fills an empty copy from one snapshot of the database.</summary>
    public static void Export(
        NpgsqlConnection from,
        SqliteConnection copy,
        IReadOnlyList<Migration> migrations,
        DateTimeOffset now,
        Action<BackupProgress> progress,
        CancellationToken cancellationToken
    )
    {
        CopyFile.Execute(copy, "pragma journal_mode = off");
        CopyFile.Execute(copy, "pragma synchronous = off");
        Migrator.Make(new SqliteSession(copy), "sqlite", migrations, now);
        using var snapshot = from.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        using var written = copy.BeginTransaction();
        long rows = 0;
        foreach (var (table, columns) in CopyFile.Tables(copy).Where(one => !CopyFile.IsOfTheRunning(one.Table)))
        {
            CopyFile.Execute(copy, $"delete from {table}");
            using var insert = copy.CreateCommand();
            using var select = from.CreateCommand();
#pragma warning disable CA2100 // The names are the tables' own.
            var places = columns.Select((_, index) => $"${index + 1}").ToArray();
            insert.CommandText = $"insert into {table} ({Names(columns)}) values ({Names(places)})";
            select.CommandText = $"select {Names(columns)} from {table}";
#pragma warning restore CA2100
            select.CommandTimeout = 0;
            var values = places.Select(place => insert.Parameters.Add(new() { ParameterName = place })).ToArray();
            using var row = select.ExecuteReader();
            while (row.Read())
            {
                for (var index = 0; index < values.Length; index++)
                {
                    values[index].Value = row.GetValue(index);
                }

                insert.ExecuteNonQuery();
                if (++rows % RowsBetweenReports == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress(new(BackupPhase.Copying, rows, 0));
                }
            }
        }

        written.Commit();
    }

    /// <summary>Fills a database whose tables have been made and are empty.</summary>
    public static void Import(SqliteConnection copy, NpgsqlConnection to)
    {
        using var written = to.BeginTransaction();
        foreach (var (table, columns) in CopyFile.Tables(copy))
        {
            using var select = copy.CreateCommand();
#pragma warning disable CA2100 // The names are the tables' own.
            select.CommandText = $"select {Names(columns)} from {table}";
            using NpgsqlCommand clear = new($"delete from {table}", to, written);
#pragma warning restore CA2100
            clear.ExecuteNonQuery();
            using var row = select.ExecuteReader();
            using var rows = to.BeginBinaryImport($"copy {table} ({Names(columns)}) from stdin (format binary)");
            while (row.Read())
            {
                rows.StartRow();
                for (var index = 0; index < columns.Length; index++)
                {
                    Write(rows, row.GetValue(index));
                }
            }

            rows.Complete();
        }

        ContinueNumbers(to, written);
        written.Commit();
    }

    private static void Write(NpgsqlBinaryImporter rows, object value)
    {
        switch (value)
        {
            case long number:
                rows.Write(number);
                break;
            case double number:
                rows.Write(number);
                break;
            case string text:
                rows.Write(text);
                break;
            case byte[] bytes:
                rows.Write(bytes);
                break;
            default:
                rows.WriteNull();
                break;
        }
    }

    /// <summary>What the database numbers by itself goes on after what was carried over.</summary>
    private static void ContinueNumbers(NpgsqlConnection to, NpgsqlTransaction written)
    {
        List<(string Table, string Column)> numbered = [];
        using (
            NpgsqlCommand find = new(
                "select table_name, column_name from information_schema.columns where table_schema "
                    + "= current_schema() and is_identity = 'YES'",
                to,
                written
            )
        )
        using (var row = find.ExecuteReader())
        {
            while (row.Read())
            {
                numbered.Add((row.GetString(0), row.GetString(1)));
            }
        }

        foreach (var (table, column) in numbered)
        {
#pragma warning disable CA2100 // The names are the tables' own.
            using NpgsqlCommand next = new(
                $"select setval(pg_get_serial_sequence('{table}', '{column}'), (select coalesce(max({column}), 0) + 1 from {table}), "
                    + "false)",
                to,
                written
            );
#pragma warning restore CA2100
            next.ExecuteNonQuery();
        }
    }

    private static string Names(string[] columns) => string.Join(", ", columns);
}
