using EarlyWarning.Contracts.Cases;
using EarlyWarning.Escalation.Desk;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;

namespace EarlyWarning.Escalation.Invariants;

/// <summary>Compares the cases with the breaches that were confirmed, and with the index of due times.</summary>
internal sealed class CaseInvariant(IGrainFactory grains, IStore store) : IInvariant
{
    private const int Page = 500;

    public string Promise => "Each breach that was handed over has a case; each open case has its due time.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        var desk = grains.GetGrain<ICaseDeskGrain>(0);
        var breaches = (await store.ReadAsync(
                new(
                    """
                    select c.event from consumed c join outbox o on o.event = c.event
                    where c.consumer = $1 and c.fault = '' and o.topic = 'threshold-breaches'
                    """,
                    EscalationExtensions.AppId),
                row => row.GetString(0),
                cancellationToken))
            .Select(id => $"breaches/{id[..id.IndexOf('/', StringComparison.Ordinal)]}").Distinct(StringComparer.Ordinal).ToList();
        foreach (var breach in breaches)
        {
            if (await desk.OfBreachAsync(breach) is null && violations.Count < InvariantCheck.Most)
            {
                violations.Add($"{breach} has no case.");
            }
        }

        return new(breaches.Count + await DueAsync(desk, violations, cancellationToken), violations);
    }

    private async Task<long> DueAsync(ICaseDeskGrain desk, List<string> violations, CancellationToken cancellationToken)
    {
        var looked = 0;
        IReadOnlyList<V1.Case> page;
        do
        {
            page = (await desk.ListAsync(new(), looked, Page)).Items;
            looked += page.Count;
            foreach (var open in page.Where(listed => listed.DueTime is not null))
            {
                var indexed = await store.ReadAsync(
                    new("select at from due where queue = $1 order by at limit 1", DeskWriter.Queue), row => row.GetInt64(0), cancellationToken);
                if ((indexed is not [var at] || at > open.DueTime.ToDateTimeOffset().UtcTicks) && violations.Count < InvariantCheck.Most)
                {
                    violations.Add($"{open.Name} is due at {open.DueTime.ToDateTimeOffset():u}, and nothing wakes it.");
                }
            }
        }
        while (page.Count == Page);

        return looked;
    }
}
