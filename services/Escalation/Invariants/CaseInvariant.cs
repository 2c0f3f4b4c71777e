using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Invariants;
using static EarlyWarning.V1.Case.Types;

namespace EarlyWarning.Escalation.Invariants;

/// <summary>Compares the cases with the breaches that were confirmed, with their rows, and with the index of due times.</summary>
internal sealed class CaseInvariant(IStore store, CaseReader reader) : IInvariant
{
    public string Promise =>
        "Each breach that was handed over has a case; each open case has its due time and all its entries; each of its open causes is "
        + "asked about, or noted.";

    public async Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken)
    {
        List<string> violations = [];
        var looked = await BreachesAsync(violations, cancellationToken) + await CasesAsync(violations, cancellationToken);
        return new(looked, [.. violations.Take(InvariantCheck.Most)]);
    }

    private async Task<long> BreachesAsync(List<string> violations, CancellationToken cancellationToken)
    {
        var breaches = (
            await store.ReadAsync(
                new("select event from consumed where consumer = $1 and fault = ''", CaseRows.AppId),
                row => BreachEvents.BreachOf(row.GetString(0)),
                cancellationToken
            )
        )
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var breach in breaches)
        {
            if (await reader.MarkAsync(breach, cancellationToken) is not { } mark)
            {
                violations.Add($"{breach} has no case.");
            }
            else if (await reader.FindAsync(mark.Case, cancellationToken) is null)
            {
                violations.Add($"{breach} is of {mark.Case}, which is not there.");
            }
        }

        return breaches.Count;
    }

    private async Task<long> CasesAsync(List<string> violations, CancellationToken cancellationToken)
    {
        var due = (
            await store.ReadAsync(
                new("select member, at from due where queue = $1", CaseRows.Queue),
                row => (row.GetString(0), row.GetInt64(1)),
                cancellationToken
            )
        ).ToDictionary(StringComparer.Ordinal);
        var open = await reader.OpenAsync(cancellationToken);
        foreach (var state in open)
        {
            var head = state.Head;
            if (
                state.Due is { } at
                && (!due.TryGetValue(head.Country, out var indexed) || indexed > at.UtcTicks)
                && (await reader.FindAsync(head.Name, cancellationToken))?.Head.Sequence == head.Sequence
            )
            {
                violations.Add($"{head.Name} is due at {at:u}, and nothing wakes it.");
            }

            violations.AddRange(
                head.Causes.Where(cause =>
                        cause.CloseTime is null
                        && head.Climbs.Count(climb => climb.Causes.Contains(cause.Id)) != (cause.State == State.Noted ? 0 : 1)
                    )
                    .Select(cause => $"{cause.Id} of {head.Name} is asked about by no climb, or by several.")
            );
            if ((await reader.EntriesAsync(head.Name, 0, head.EntryCount, cancellationToken)).Count != head.EntryCount)
            {
                violations.Add($"{head.Name} has not all of its {head.EntryCount} entries.");
            }
        }

        return open.Count;
    }
}
