using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EarlyWarning.Store.Databases;

/// <summary>A connection to SQLite with its prepared statements.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : DatabaseSession
{
    private const int MaxPrepared = 200;
    private static readonly string[] s_names = [.. Enumerable.Range(1, 32).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture))];
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    public override int Execute(Statement statement) => Command(statement).ExecuteNonQuery();

    public override void Execute(IReadOnlyList<Statement> statements, List<int> changed)
    {
        for (var index = 0; index < statements.Count; index++)
        {
            try
            {
                // One committer is alone with the file.
                changed.Add(
                    statements[index].Sql.StartsWith(Statement.SharedOnly, StringComparison.Ordinal) ? 0 : Execute(statements[index])
                );
            }
            catch (Exception exception) when (exception is SqliteException or InvalidOperationException or ArgumentException)
            {
                throw new StatementException(index, exception);
            }
        }
    }

    public override List<T> Query<T>(Statement statement, Func<DbDataReader, T> map)
    {
        using var reader = Command(statement).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public override void Begin() => Execute(new("begin immediate"));

    public override void Rollback()
    {
        try
        {
            // Some errors have rolled back already, and then there is nothing to end.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                Execute(new("rollback"));
            }
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException)
        {
            // The session is disposed of after that.
        }
    }

    public override void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Command(Statement statement)
    {
        if (!_prepared.TryGetValue(statement.Sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of a service; what callers send is in the values.
            command.CommandText = statement.Sql;
#pragma warning restore CA2100
            for (var index = 0; index < statement.Values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = s_names[index] });
            }

            if (_prepared.Count < MaxPrepared)
            {
                _prepared.Add(statement.Sql, command);
            }
        }

        for (var index = 0; index < statement.Values.Length; index++)
        {
            command.Parameters[index].Value = statement.Values[index] ?? DBNull.Value;
        }

        return command;
    }
}
