using System.Data.Common;
using Npgsql;

namespace EarlyWarning.Store.Databases;

/// <summary>A connection to PostgreSQL outside of any pool. Many statements go in one round trip.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : DatabaseSession
{
    public override int Execute(Statement statement)
    {
        using var command = Command(connection, statement);
        return command.ExecuteNonQuery();
    }

    public override void Execute(IReadOnlyList<Statement> statements, List<int> changed)
    {
        using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            Fill(command.Parameters, statement);
            batch.BatchCommands.Add(command);
        }

        try
        {
            batch.ExecuteNonQuery();
        }
        catch (PostgresException exception) when (exception.BatchCommand is NpgsqlBatchCommand failed)
        {
            throw new StatementException(batch.BatchCommands.IndexOf(failed), exception);
        }

        foreach (var command in batch.BatchCommands)
        {
            changed.Add(command.RecordsAffected);
        }
    }

    public override List<T> Query<T>(Statement statement, Func<DbDataReader, T> map)
    {
        using var command = Command(connection, statement);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public override void Begin() => Execute(new("begin"));

    public override void Rollback()
    {
        try
        {
            Execute(new("rollback"));
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
        {
            // The server rolls back what a lost session had begun.
        }
    }

    public override void Dispose() => connection.Dispose();

    internal static NpgsqlCommand Command(NpgsqlConnection connection, Statement statement)
    {
#pragma warning disable CA2100 // The text is a constant of a service; what callers send is in the values.
        var command = new NpgsqlCommand(statement.Sql, connection);
#pragma warning restore CA2100
        Fill(command.Parameters, statement);
        return command;
    }

    private static void Fill(NpgsqlParameterCollection parameters, Statement statement)
    {
        foreach (var value in statement.Values)
        {
            parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
