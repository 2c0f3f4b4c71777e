using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Migrations;

/// <summary>Brings the tables to this build's form, all steps in one transaction.</summary>
internal static class Migrator
{
    /// <exception cref="StoreStartException">The tables are of a newer build.</exception>
    public static void Run(Session session, Database database, IReadOnlyList<Migration> migrations, DateTimeOffset now) =>
        Run(session, database.Dialect, migrations, now, applied => Refuse(database, migrations, applied));

    /// <summary>Makes all tables in an empty database.</summary>
    public static void Make(Session session, string dialect, IReadOnlyList<Migration> migrations, DateTimeOffset now) =>
        Run(session, dialect, migrations, now, static _ => { });

    private static void Run(
        Session session, string dialect, IReadOnlyList<Migration> migrations, DateTimeOffset now, Action<Dictionary<string, long>> check)
    {
        session.Execute(new("create table if not exists migration (service text not null, number bigint not null, applied bigint not null, primary key (service, number))"));
        session.Begin();
        if (dialect == "postgres")
        {
            // Two processes that start at once take turns.
            session.Execute(new("lock table migration in exclusive mode"));
        }

        try
        {
            var applied = session.Query(new("select service, max(number) from migration group by service"), row => (row.GetString(0), row.GetInt64(1)))
                .ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);
            check(applied);
            foreach (var step in migrations.Where(step => step.Number > applied.GetValueOrDefault(step.Service)))
            {
                foreach (var text in step.Statements(dialect))
                {
                    session.Execute(new(text));
                }

                session.Execute(new("insert into migration (service, number, applied) values ($1, $2, $3)", step.Service, (long)step.Number, now.UtcTicks));
            }

            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private static void Refuse(Database database, IReadOnlyList<Migration> migrations, Dictionary<string, long> applied)
    {
        var known = migrations.GroupBy(step => step.Service).ToDictionary(steps => steps.Key, steps => steps.Max(step => step.Number), StringComparer.Ordinal);
        foreach (var (service, number) in applied)
        {
            if (number > known.GetValueOrDefault(service))
            {
                throw new StoreStartException(
                    $"{Capital(database.Place)} was written by a newer build: the tables of {service} have form {number}, and this build knows {known.GetValueOrDefault(service)}. Start the newer build, or name another store.");
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
