using EarlyWarning.Store.Configuration;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Continuity;

/// <summary>The row of one process in the table <c>process</c>, which nobody else writes while it is alive.</summary>
internal sealed class ProcessRow(string id, StoreOptions options, Database database, Func<string> files)
{
    /// <summary>After this silence the row of a process that was not stopped cleanly is removed.</summary>
    private static readonly TimeSpan s_forgotten = TimeSpan.FromMinutes(10);

    /// <summary>A longer pause between two beats is a gap.</summary>
    private static readonly TimeSpan s_gap = Database.ProcessEndsAfter / 2;

    /// <summary>The process's id.</summary>
    public string Id => id;

    /// <summary>Writes it, alive from now on.</summary>
    public void Insert(DatabaseSession session, DateTimeOffset now) =>
        session.Execute(
            new(
                $"""
                insert into process (id, services, peer, version, started, beat, seen, steady)
                values ($1, $2, $3, $4, $5, 0, {database.Now("$6")}, {database.Now("$7")})
                """,
                id,
                string.Join(' ', options.Services),
                options.Peer,
                options.Version,
                now.UtcTicks,
                now.UtcTicks,
                now.UtcTicks
            )
        );

    /// <summary>How often it was kept alive; <see langword="null"/> where it is not there.</summary>
    public long? Beats(DatabaseSession session) =>
        session.Query(new("select beat from process where id = $1", id), row => row.GetInt64(0)) is [var beats] ? beats : null;

    /// <summary>Keeps it alive, and forgets those that nobody has kept alive for long.</summary>
    /// <returns><see langword="false"/> where it is not there, or not as it was.</returns>
    public bool Beat(DatabaseSession session, long beats, DateTimeOffset now)
    {
        Sweep(session, now);
        return session.Execute(
                new(
                    $"""
                    update process set beat = beat + 1, seen = {database.Now("$1")}, files = $2,
                      steady = case when {database.Now("$3")} - seen > $4 then {database.Now("$5")} else steady end
                    where id = $6 and beat = $7
                    """,
                    now.UtcTicks,
                    files(),
                    now.UtcTicks,
                    s_gap.Ticks,
                    now.UtcTicks,
                    id,
                    beats
                )
            ) == 1;
    }

    /// <summary>Removes it: what the process held is free at once.</summary>
    public void Delete(DatabaseSession session) => Delete(session, id);

    /// <summary>Removes another's, which is known to have ended.</summary>
    public static void Delete(DatabaseSession session, string id) => session.Execute(new("delete from process where id = $1", id));

    /// <summary>Removes all of them.</summary>
    public static void Clear(DatabaseSession session) => session.Execute(new("delete from process"));

    /// <summary>Lists the others that run, as an operator knows them.</summary>
    public IReadOnlyList<string> Others(DatabaseSession session) =>
        session.Query(
            new($"select p.id, p.services, p.peer, p.version from process p where p.id <> $1 and {database.IsAlive} order by p.id", id),
            row =>
                row.GetString(0)
                + (row.GetString(1) is { Length: > 0 } services ? $" with {services.Replace(" ", ", ", StringComparison.Ordinal)}" : "")
                + (row.GetString(2) is { Length: > 0 } peer ? $" at {peer}" : "")
                + (row.GetString(3) is { Length: > 0 } version ? $" (version {version})" : "")
        );

    /// <summary>Whether a process runs.</summary>
    public bool Runs(DatabaseSession session, string process) =>
        session.Query(new($"select 1 from process p where p.id = $1 and {database.IsAlive}", process), static _ => true).Count > 0;

    private void Sweep(DatabaseSession session, DateTimeOffset now) =>
        session.Execute(
            new($"delete from process where id <> $1 and seen < {database.Now("$2")} - $3", id, now.UtcTicks, s_forgotten.Ticks)
        );
}
