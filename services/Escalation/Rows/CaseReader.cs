using System.Data.Common;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Entries;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Escalation.Rows;

/// <summary>Reads cases from their rows. Thread-safe.</summary>
internal sealed class CaseReader(IStore store)
{
    /// <summary>How many entries and breaches a case carries in a list.</summary>
    public const int Newest = 20;

    /// <summary>How many it carries where it is asked for alone.</summary>
    public const int Most = 1_000;

    /// <summary>A case by name.</summary>
    public Task<CaseState?> FindAsync(string name, CancellationToken cancellationToken) =>
        OneAsync(new("select record from escalation_case where name = $1", name), cancellationToken);

    /// <summary>The open case of a country.</summary>
    public Task<CaseState?> OpenAsync(string country, CancellationToken cancellationToken) =>
        OneAsync(new("select record from escalation_case where country = $1 and closed = 0", country), cancellationToken);

    /// <summary>All open cases: a country has one at the most.</summary>
    public Task<IReadOnlyList<CaseState>> OpenAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(new("select record from escalation_case where closed = 0 order by opened"), Read, cancellationToken);

    /// <summary>
    /// The countries whose open case has a step that nobody could be asked at, or was asked or answered at a time that has not come yet.
    /// </summary>
    public Task<IReadOnlyList<string>> ToReviewAsync(DateTimeOffset now, bool unaddressed, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                "select country from escalation_case where closed = 0 and (asked > $1 or unaddressed >= $2)",
                (now + CaseChangeBuilder.Tolerance).UtcTicks,
                unaddressed ? 1L : 2L
            ),
            row => row.GetString(0),
            cancellationToken
        );

    /// <summary>What is known of a breach.</summary>
    public async Task<CaseBreach?> MarkAsync(string breach, CancellationToken cancellationToken) =>
        await store.ReadAsync(
            new("select case_name, cause, sequence, state from escalation_breach where breach = $1", breach),
            row => new CaseBreach(breach, row.GetString(0), row.GetString(1), row.GetInt64(2), (V1.Breach.Types.State)row.GetInt64(3)),
            cancellationToken
        )
            is [var mark]
            ? mark
            : null;

    /// <summary>Whether an outcome of a notification is recorded.</summary>
    public async Task<bool> IsKnownAsync(V1.CaseEntry outcome, CancellationToken cancellationToken) =>
        (
            await store.ReadAsync(
                new("select 1 from escalation_outcome where notification = $1 and kind = $2", outcome.Resource, (long)outcome.Kind),
                row => row.GetInt64(0),
                cancellationToken
            )
        ).Count > 0;

    /// <summary>The outcomes that wait for a breach.</summary>
    public Task<IReadOnlyList<V1.CaseEntry>> WaitingAsync(string breach, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new("select entry from escalation_outcome where breach = $1 and entry is not null order by notification", breach),
            row => V1.CaseEntry.Parser.ParseFrom((byte[])row.GetValue(0)),
            cancellationToken
        );

    /// <summary>The public form with the newest entries and breaches.</summary>
    public async Task<V1.Case> TellAsync(CaseState state, int most, CancellationToken cancellationToken)
    {
        var told = state.Head.Clone();
        told.Entries.Add(await EntriesAsync(told.Name, Math.Max(0, told.EntryCount - most), told.EntryCount, cancellationToken));
        told.Breaches.Add(
            await store.ReadAsync(
                new(
                    "select breach from escalation_breach where case_name = $1 order by fired desc, position desc, breach limit $2",
                    told.Name,
                    (long)most
                ),
                row => row.GetString(0),
                cancellationToken
            )
        );
        return told;
    }

    /// <summary>The entries of a case after a number, up to another one.</summary>
    public Task<IReadOnlyList<V1.CaseEntry>> EntriesAsync(string name, long after, long upTo, CancellationToken cancellationToken) =>
        store.ReadAsync(
            new(
                "select entry from escalation_entry where case_name = $1 and number > $2 and number <= $3 order by number",
                name,
                after,
                upTo
            ),
            row => V1.CaseEntry.Parser.ParseFrom((byte[])row.GetValue(0)),
            cancellationToken
        );

    /// <summary>Reads the first column as a case's record.</summary>
    /// <exception cref="JournalDamagedException">A newer build wrote it, or it is damaged.</exception>
    public static CaseState Read(DbDataReader row)
    {
        var record = CaseRecord.Parser.ParseFrom((byte[])row.GetValue(0));
        return record.Format == CaseRows.Format
            ? new(V1.Case.Parser.ParseFrom(record.Case), record.Internals)
            : throw new StoreConflictException(
                $"A case is stored in form {record.Format}, which a newer build wrote. Start the suite with that build."
            );
    }

    private async Task<CaseState?> OneAsync(Statement statement, CancellationToken cancellationToken) =>
        await store.ReadAsync(statement, Read, cancellationToken) is [var state] ? state : null;
}
