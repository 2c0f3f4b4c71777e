using System.Net.Sockets;
using System.Security.Authentication;
using EarlyWarning.Store.Faults;
using Npgsql;

namespace EarlyWarning.Store.Databases;

/// <content>What is demanded of a server before anything is entrusted to it.</content>
internal sealed partial class PostgresDatabase
{
    private const int OldestVersion = 150_000;

    private static readonly (string Setting, string Why)[] s_demands =
    [
        ("fsync", "it forgets what it has acknowledged at a power cut"),
        ("full_page_writes", "a power cut can leave pages that are half written"),
    ];

    private long? _used;

    public override async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_writing);
            await connection.OpenAsync(cancellationToken);
            var version = int.Parse(
                await ShowAsync(connection, "server_version_num", cancellationToken),
                System.Globalization.CultureInfo.InvariantCulture
            );
            if (version < OldestVersion)
            {
                throw new StoreStartException(
                    $"{Place} has version {version / 10_000}; the suite needs {OldestVersion / 10_000} or later."
                );
            }

            foreach (var (setting, why) in s_demands)
            {
                if (await ShowAsync(connection, setting, cancellationToken) != "on")
                {
                    throw new StoreStartException(
                        $"{Place} has {setting} off: {why}. Set {setting} = on in its configuration, or name another store."
                    );
                }
            }

            await CheckSessionAsync(connection, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new StoreStartException(Explain(exception), exception) { PassesWithin = MayPass(exception) ? TimeSpan.MaxValue : null };
        }
    }

    /// <summary>
    /// A server that is not there yet, starts or stops, is overloaded or is a standby may be well in a minute. One that refuses the login,
    /// has no such database or speaks another protocol is waited for in vain.
    /// </summary>
    public override bool MayPass(Exception exception) =>
        exception switch
        {
            StatementException { InnerException: { } inner } => MayPass(inner),
            PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
            PostgresException { SqlState: ['0', '8', ..] or ['4', '0', ..] or ['5', '3' or '5' or '7', ..] } => true,
            PostgresException => false,
            NpgsqlException { InnerException: AuthenticationException } => false,
            NpgsqlException { InnerException: SocketException or TimeoutException or IOException } => true,
            _ => exception is StoreUnavailableException or TimeoutException or IOException,
        };

    public override void Tend(DatabaseSession session)
    {
        var at = Environment.TickCount64;
        if (_used is null || at - _measured > 60_000)
        {
            (_used, _measured) = (session.Query(new("select pg_database_size(current_database())"), row => row.GetInt64(0))[0], at);
        }
    }

    public override IReadOnlyList<long> JournalEnds(DatabaseSession session, string[] journals) =>
        session.Query(
            new(
                "select coalesce((select max(j.position) from journal j where j.journal = n.name), 0) from unnest($1) with ordinality as "
                    + "n(name, place) order by n.place",
                [journals]
            ),
            row => row.GetInt64(0)
        );

    public override string Server(DatabaseSession session)
    {
        try
        {
            // The first eight digits of the log's file are the timeline, which grows with each fail-over.
            return session.Query(
                new("select system_identifier::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) from pg_control_system()"),
                row => row.GetString(0)
            )[0];
        }
        catch (PostgresException)
        {
            return "";
        }
    }

    private long _measured;

    /// <summary>A pooler that gives each transaction another session loses prepared statements and settings.</summary>
    private async Task CheckSessionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var first = await ShowAsync(connection, "pg_backend_pid", cancellationToken);
        for (var time = 0; time < 3; time++)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var next = await ShowAsync(connection, "pg_backend_pid", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (next != first)
            {
                throw new StoreStartException(
                    $"{Place} is behind a pooler that shares sessions between transactions. Use pool_mode = session, or connect directly."
                );
            }
        }
    }

    private static async Task<string> ShowAsync(NpgsqlConnection connection, string setting, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            setting == "pg_backend_pid" ? "select pg_backend_pid()::text" : "select current_setting($1)",
            connection
        );
        if (setting != "pg_backend_pid")
        {
            command.Parameters.Add(new() { Value = setting });
        }

        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
