using EarlyWarning.Contracts.Registers;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.ServiceDefaults.Times;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Escalation.Rows;

/// <summary>
/// One listing of cases: open ones by the time at which they were opened, then closed ones by the time at which they were closed, newest
/// first. Neither time changes, so no page depends on what happens between two.
/// </summary>
internal sealed class CaseList(IStore store, V1.ListCasesRequest filter)
{
    /// <summary>The place of a case.</summary>
    public static RegisterKey KeyOf(V1.Case listed) =>
        new((listed.CloseTime ?? listed.OpenTime).ToDateTimeOffset().UtcTicks, listed.Name, listed.CloseTime is not null);

    /// <summary>How many the filter keeps.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await store.ReadAsync(Kept().Select("select count(*) from escalation_case c"), row => row.GetInt64(0), cancellationToken))[0];

    /// <summary>The cases after a place, at most so many.</summary>
    public async Task<IReadOnlyList<CaseState>> PageAsync(RegisterKey? after, int take, CancellationToken cancellationToken)
    {
        List<CaseState> found = [];
        if (after is not { Past: true })
        {
            found.AddRange(await PartAsync("closed = 0", "opened", after, take, cancellationToken));
        }

        if (found.Count < take && !filter.OpenOnly)
        {
            found.AddRange(
                await PartAsync("closed > 0", "closed", after is { Past: true } ? after : null, take - found.Count, cancellationToken)
            );
        }

        return found;
    }

    private Task<IReadOnlyList<CaseState>> PartAsync(
        string part,
        string time,
        RegisterKey? after,
        int take,
        CancellationToken cancellationToken
    )
    {
        var kept = Kept().And(part);
        if (after is not null)
        {
            kept.And($"({time} < {{0}} or {time} = {{1}} and name > {{2}})", after.Time, after.Time, after.Name);
        }

        return store.ReadAsync(
            kept.Select("select record from escalation_case c", $"order by {time} desc, name", take),
            CaseReader.Read,
            cancellationToken
        );
    }

    private QueryConditions Kept() =>
        new QueryConditions()
            .AndIn("country", filter.Countries)
            .AndIf(filter.OpenOnly, "closed = 0")
            .AndIn("state", filter.States.Select(state => (long)state))
            .AndIf(filter.MinSeverity != V1.Severity.Unspecified, "severity >= {0}", (long)filter.MinSeverity)
            .AndIf(filter.OpenedFrom is not null, "opened >= {0}", filter.OpenedFrom.UtcTicks())
            .AndIf(filter.OpenedBefore is not null, "opened < {0}", filter.OpenedBefore.UtcTicks())
            .AndIf(filter.Framework.Length > 0, OfBreach("framework"), filter.Framework)
            .AndIf(filter.Threshold.Length > 0, OfBreach("threshold"), filter.Threshold);

    private static string OfBreach(string column) =>
        $"exists (select 1 from escalation_breach b where b.case_name = c.name and b.{column} = {{0}})";
}
