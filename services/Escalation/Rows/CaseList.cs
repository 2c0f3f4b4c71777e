using EarlyWarning.Contracts.Cases;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Store;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Escalation.Rows;

/// <summary>
/// One listing of cases: open ones by the time at which they were opened, then closed ones by the time at which they were closed, newest first. Neither
/// time changes, so no page depends on what happens between two.
/// </summary>
internal sealed class CaseList(IStore store, V1.ListCasesRequest filter)
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    /// <summary>How many the filter keeps.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        Begin();
        return (await store.ReadAsync(Make("select count(*) from escalation_case c", ""), row => row.GetInt64(0), cancellationToken))[0];
    }

    /// <summary>The cases after a place, at most so many.</summary>
    public async Task<IReadOnlyList<CaseState>> PageAsync(CaseKey? after, int take, CancellationToken cancellationToken)
    {
        List<CaseState> found = [];
        if (after is not { Closed: true })
        {
            found.AddRange(await PartAsync("closed = 0", "opened", after, take, cancellationToken));
        }

        if (found.Count < take && !filter.OpenOnly)
        {
            found.AddRange(await PartAsync("closed > 0", "closed", after is { Closed: true } ? after : null, take - found.Count, cancellationToken));
        }

        return found;
    }

    private Task<IReadOnlyList<CaseState>> PartAsync(string part, string time, CaseKey? after, int take, CancellationToken cancellationToken)
    {
        Begin();
        _conditions.Add(part);
        if (after is not null)
        {
            Where($"({time} < {{0}} or {time} = {{1}} and name > {{2}})", after.Time, after.Time, after.Name);
        }

        _values.Add((long)take);
        return store.ReadAsync(Make("select record from escalation_case c", $"order by {time} desc, name limit ${_values.Count}"), CaseReader.Read, cancellationToken);
    }

    private void Begin()
    {
        _conditions.Clear();
        _values.Clear();
        if (filter.Country.Length > 0)
        {
            Where("country = {0}", filter.Country);
        }

        if (filter.OpenOnly)
        {
            _conditions.Add("closed = 0");
        }

        if (filter.States.Count > 0)
        {
            Where($"state in ({string.Join(", ", filter.States.Select((_, index) => $"{{{index}}}"))})", [.. filter.States.Select(state => (object)(long)state)]);
        }

        if (filter.MinSeverity != V1.Severity.Unspecified)
        {
            Where("severity >= {0}", (long)filter.MinSeverity);
        }

        Opened();
        OfBreach("framework", filter.Framework);
        OfBreach("threshold", filter.Threshold);
    }

    private void Opened()
    {
        if (filter.OpenedFrom is { } from)
        {
            Where("opened >= {0}", from.ToDateTimeOffset().UtcTicks);
        }

        if (filter.OpenedBefore is { } before)
        {
            Where("opened < {0}", before.ToDateTimeOffset().UtcTicks);
        }
    }

    private void OfBreach(string column, string value)
    {
        if (value.Length > 0)
        {
            Where($"exists (select 1 from escalation_breach b where b.case_name = c.name and b.{column} = {{0}})", value);
        }
    }

    private void Where(string condition, params object[] values)
    {
        var numbers = values.Select((_, index) => (object)$"${_values.Count + index + 1}").ToArray();
        _conditions.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, condition, numbers));
        _values.AddRange(values);
    }

    private Statement Make(string select, string order) =>
        new($"{select}{(_conditions.Count == 0 ? "" : $" where {string.Join(" and ", _conditions)}")} {order}", [.. _values]);
}
