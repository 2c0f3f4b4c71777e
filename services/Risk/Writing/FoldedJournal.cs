using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Writing;

/// <summary>A state as a country's journal makes it: from the newest snapshot, and the entries after that.</summary>
/// <param name="State">The state; the last good one where there is a fault.</param>
/// <param name="Fault">Why the rest cannot be folded; <see langword="null"/> where nothing is wrong.</param>
/// <param name="SnapshotPosition">Up to where a snapshot has the state; 0 without one.</param>
/// <param name="Bytes">The length of the entries after that.</param>
internal sealed record FoldedJournal(CountryState State, string? Fault, long SnapshotPosition, long Bytes)
{
    public static async Task<FoldedJournal> ReadAsync(
        IJournals journals,
        string country,
        StateFactory states,
        CancellationToken cancellationToken
    )
    {
        var (journal, state) = (JournalNames.Of(country), states.New(country));
        var (snapshotPosition, bytes) = (0L, 0L);
        try
        {
            if (
                await journals.ReadSnapshotAsync(journal, long.MaxValue, cancellationToken) is { } snapshot
                && !state.TryRead(snapshot.Payload)
            )
            {
                state = states.New(country);
            }

            snapshotPosition = state.Position;
            await foreach (var entry in journals.ReadAsync(journal, state.Position, cancellationToken))
            {
                state.Fold(entry);
                bytes += entry.Payload.Length;
            }

            return new(state, null, snapshotPosition, bytes);
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            state.ShowUndecided();
            var fault = $"its journal cannot be folded after position {state.Position}: {exception.Message}";
            return new(state, fault, snapshotPosition, bytes);
        }
    }
}
