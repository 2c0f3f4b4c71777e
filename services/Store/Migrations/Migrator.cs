using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using Npgsql;

namespace EarlyWarning.Store.Migrations;

/// <summary>Brings the tables to this build's form, all steps in one transaction.</summary>
internal static class Migrator
{
    /// <summary>Names the lock that lets starts on one server take turns.</summary>
    private const long Turns = 0x6561_726c_7977_61;

    /// <summary>How often a start waits for its turn: a minute in all.</summary>
    private const int MostWaits = 15;

    /// <exception cref="StoreStartException">The tables are of a newer build.</exception>
    public static void Run(DatabaseSession session, Database database, IReadOnlyList<Migration> migrations, DateTimeOffset now) =>
        Run(session, database, migrations, now, static _ => { });

    /// <summary>
    /// Does so and what else belongs to a start, in the same transaction: of starts that race each finds what the one before it has left.
    /// </summary>
    /// <param name="session">The session that writes.</param>
    /// <param name="database">The database.</param>
    /// <param name="migrations">The steps of all services.</param>
    /// <param name="now">The time.</param>
    /// <param name="enter">What else; is told whether there were tables before. What it throws undoes all of it.</param>
    /// <exception cref="StoreStartException">The tables are of a newer build.</exception>
    public static void Run(
        DatabaseSession session,
        Database database,
        IReadOnlyList<Migration> migrations,
        DateTimeOffset now,
        Action<bool> enter
    ) => Run(session, database.Dialect, migrations, now, applied => Refuse(database, migrations, applied), enter);

    /// <summary>Makes all tables in an empty database.</summary>
    public static void Make(DatabaseSession session, string dialect, IReadOnlyList<Migration> migrations, DateTimeOffset now) =>
        Run(session, dialect, migrations, now, static _ => { }, static _ => { });

    private static void Run(
        DatabaseSession session,
        string dialect,
        IReadOnlyList<Migration> migrations,
        DateTimeOffset now,
        Action<Dictionary<string, long>> check,
        Action<bool> enter
    )
    {
        Begin(session, dialect);
        try
        {
            session.Execute(
                new(
                    "create table if not exists migration (service text not null, number bigint not null, applied bigint not null, "
                        + "primary key (service, number))"
                )
            );
            var applied = session
                .Query(new("select service, max(number) from migration group by service"), row => (row.GetString(0), row.GetInt64(1)))
                .ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);
            check(applied);
            foreach (var step in migrations.Where(step => step.Number > applied.GetValueOrDefault(step.Service)))
            {
                foreach (var text in step.Statements(dialect))
                {
                    session.Execute(new(text));
                }

                session.Execute(
                    new(
                        "insert into migration (service, number, applied) values ($1, $2, $3)",
                        step.Service,
                        (long)step.Number,
                        now.UtcTicks
                    )
                );
            }

            enter(applied.Count > 0);
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    /// <summary>
    /// Begins the transaction once those that start at the same time have had their turns: the first one makes the tables, which takes a
    /// while.
    /// </summary>
    private static void Begin(DatabaseSession session, string dialect)
    {
        for (var wait = 1; ; wait++)
        {
            session.Begin();
            if (dialect != "postgres")
            {
                return;
            }

            try
            {
                session.Execute(new("set local lock_timeout = '4s'"));
                session.Query(new("select pg_advisory_xact_lock($1)", Turns), static _ => true);
                return;
            }
            catch (Exception exception)
                when (wait < MostWaits
                    && (exception.InnerException ?? exception) is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }
                )
            {
                session.Rollback();
            }
            catch
            {
                session.Rollback();
                throw;
            }
        }
    }

    private static void Refuse(Database database, IReadOnlyList<Migration> migrations, Dictionary<string, long> applied)
    {
        var known = migrations
            .GroupBy(step => step.Service)
            .ToDictionary(steps => steps.Key, steps => steps.Max(step => step.Number), StringComparer.Ordinal);
        foreach (var (service, number) in applied)
        {
            if (number > known.GetValueOrDefault(service))
            {
                throw new StoreStartException(
                    $"{Capital(database.Place)} was written by a newer build: the tables of {service} have form {number}, and this build "
                        + $"knows {known.GetValueOrDefault(service)}. Start the newer build, or name another store."
                );
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
