using System.Data.Common;
using System.Net.Sockets;
using EarlyWarning.Store.Faults;
using Npgsql;

namespace EarlyWarning.Store.Databases;

/// <summary>PostgreSQL, where several processes or machines share the store.</summary>
internal sealed partial class PostgresDatabase : Database
{
    private const int Readers = 16;

    /// <summary>The server's clock, in ticks.</summary>
    private const string Clock = "((extract(epoch from clock_timestamp()) * 10000000)::bigint + 621355968000000000)";

    /// <summary>
    /// The server compiles what it guesses to be costly, which takes it some 80 ms; what the suite asks takes less than that uncompiled.
    /// </summary>
    private const string Uncompiled = "set jit = off";

    private readonly NpgsqlDataSource _pool;
    private readonly string _writing;
    private readonly string _where;

    private readonly bool _shared;

    public PostgresDatabase(string connectionString, TimeSpan timeout, bool shared)
    {
        _shared = shared;
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds));
        var given = Parse(connectionString);
        _where = $"{given.Host}:{given.Port}/{given.Database ?? given.Username}";
        given.ApplicationName ??= "early-warning";
        given.CommandTimeout = seconds;
        given.CancellationTimeout = -1;
        given.KeepAlive = 10;
        given.MaxAutoPrepare = 100;
        given.AutoPrepareMinUsages = 2;
        given.IncludeErrorDetail = false;
        if (!connectionString.Contains("GSS", StringComparison.OrdinalIgnoreCase))
        {
            // Asked for where nobody answers, it doubles the time until that is known.
            given.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        given.IncludeFailedBatchedCommand = true;
        NpgsqlConnectionStringBuilder writing = new(given.ConnectionString) { Pooling = false, Timeout = seconds };
        _writing = writing.ConnectionString;

        // Who waits for a second is better told to come again than kept waiting.
        // A read leaves nothing behind that would have to be undone before the next one.
        NpgsqlConnectionStringBuilder reading = new(given.ConnectionString)
        {
            MaxPoolSize = Readers,
            Timeout = 1,
            NoResetOnClose = true,
        };
        NpgsqlDataSourceBuilder pool = new(reading.ConnectionString);
        pool.UsePhysicalConnectionInitializer(Prepare, PrepareAsync);
        _pool = pool.Build();
    }

    public override string Place => $"PostgreSQL at {_where}";

    private string NoWrites =>
        $"{Place} takes no writes: it is a standby or set read-only. Name the primary in the store's connection string.";

    public override string ForShare => " for share";

    public override string Dialect => "postgres";

    public override bool HasClock => true;

    public override string Now(string parameter) => $"coalesce({Clock}, {parameter})";

    public override string IsAlive => $"p.seen > {Clock} - {ProcessEndsAfter.Ticks}";

    public override string IsAliveTo(string observer) =>
        $"""
            ({IsAlive} or not exists (select 1 from process o where o.id = '{observer}'
              and o.seen > {Clock} - {ProcessEndsAfter.Ticks / 2} and o.steady < {Clock} - {ProcessEndsAfter.Ticks}))
            """;

    /// <summary>Reads a connection string that an operator gave.</summary>
    /// <exception cref="StoreStartException">It cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            NpgsqlConnectionStringBuilder builder = new(connectionString);
            return builder.Host is { Length: > 0 }
                ? builder
                : throw new StoreStartException(
                    "The store's connection string names no Host. Give one such as \"Host=db.example;Database=early_warning;Username=ew\"."
                );
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StoreStartException($"The store's connection string cannot be read: {exception.Message}", exception);
        }
    }

    public override DatabaseSession Open()
    {
        var connection = new NpgsqlConnection(_writing);
        try
        {
            connection.Open();
            Prepare(connection);
            var session = new PostgresSession(connection);
            session.Execute(new("set synchronous_commit = on"));

            // A session that hangs in a transaction would hold every reader by sequence back.
            session.Execute(new("set idle_in_transaction_session_timeout = '30s'"));
            if (_shared)
            {
                // Groups of two processes that wait for each other are told so before the server looks, which it does after a second.
                session.Execute(new("set lock_timeout = '300ms'"));
            }

            if (session.Query(new("show transaction_read_only"), row => row.GetString(0))[0] == "on")
            {
                // Before anything is read: a standby that lags is no store that went back.
                throw new StoreUnavailableException(NoWrites);
            }

            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a connection outside of the pool, which is not open yet.</summary>
    public NpgsqlConnection Connect() => new(_writing);

    /// <summary>Tells whoever listens on a channel, at once and without waiting for the disk.</summary>
    public async Task NotifyAsync(string channel, string[] payloads, CancellationToken cancellationToken)
    {
        await using var connection = await _pool.OpenConnectionAsync(cancellationToken);
        await using var command = PostgresSession.Command(
            connection,
            new("select set_config('synchronous_commit', 'off', true), pg_notify($1, said) from unnest($2) as said", channel, payloads)
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(statement, map, cancellationToken);
        }
        catch (NpgsqlException exception)
            when (Classify(exception) == StoreFault.Session && exception.InnerException is not TimeoutException)
        {
            // After a restart of the server all pooled connections are dead; a read harms nobody by being sent again.
            _pool.Clear();
            return await ReadOnceAsync(statement, map, cancellationToken);
        }
    }

    private static void Prepare(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Uncompiled, connection);
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Uncompiled, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<T>> ReadOnceAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var connection = await _pool.OpenConnectionAsync(cancellationToken);
        await using var command = PostgresSession.Command(connection, statement);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public override StoreFault Classify(Exception exception) =>
        exception switch
        {
            StatementException { InnerException: { } inner } => Classify(inner),
            PostgresException
            {
                SqlState: PostgresErrorCodes.LockNotAvailable
                    or PostgresErrorCodes.DeadlockDetected
                    or PostgresErrorCodes.SerializationFailure
            } => StoreFault.Turn,
            PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] } => StoreFault.Unit,
            PostgresException { SqlState: ['2', '5', ..] or ['5', '3', ..] or ['4', '0', ..] } => StoreFault.Store,
            PostgresException { SqlState: ['5', '7', '0', '1', '4'] } => StoreFault.Store,
            InvalidCastException or ArgumentException or NotSupportedException => StoreFault.Unit,
            _ => StoreFault.Session,
        };

    public override string Explain(Exception exception) =>
        exception switch
        {
            StatementException { InnerException: { } inner } => Explain(inner),
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } =>
                $"The disk of {Place} is full. Make room there; the suite goes on by itself.",
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => NoWrites,
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } =>
                $"{Place} is in other processes' hands: what they write was waited for in vain. Try again.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
                $"{Place} refuses the login: {((PostgresException)exception).MessageText}. Set the password in EW_STORE or in a "
                    + $"PGPASSFILE.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } postgres =>
                $"{Place} cannot be used: {postgres.MessageText}. Create the database, or name another one.",
            PostgresException postgres => $"{Place} answered: {postgres.MessageText} ({postgres.SqlState}).",
            NpgsqlException { InnerException: TimeoutException } or TimeoutException => $"{Place} did not answer in time.",
            NpgsqlException { InnerException: SocketException socket } => $"{Place} cannot be reached: {socket.Message}.",
            _ => $"{Place} is not available: {exception.Message}",
        };

    public override long? UsedBytes() => _used;

    public override async ValueTask DisposeAsync() => await _pool.DisposeAsync();
}
