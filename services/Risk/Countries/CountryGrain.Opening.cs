using EarlyWarning.Risk.Lookup;
using EarlyWarning.Store;

namespace EarlyWarning.Risk.Countries;

/// <content>How the grain folds its journal.</content>
internal sealed partial class CountryGrain
{
    private static readonly TimeSpan s_cataloguePatience = TimeSpan.FromSeconds(10);

    private async Task OpenAsync()
    {
        if (_state is not null)
        {
            return;
        }

        var writer = await parts.Journals.OpenAsync(Names.Journal(Country), _stopping);

        // Looked at before folding: a catalogue that arrives in the middle was not there for the entries folded by then.
        var seen = parts.Catalogue.Current.Revision;
        var (state, fault) = await FoldAsync();
        if (state.CatalogueRevision > seen)
        {
            // This silo had not yet seen the catalogue that the journal was written under: what was folded is another state.
            await SeeCatalogueAsync(state.CatalogueRevision);
            (state, fault) = await FoldAsync();
        }

        (fault, _conflict) = (fault ?? _conflict, null);
        var blocks = fault is null
            ? await CountryBlocks.OpenAsync(Country, parts.Store, parts.Journals, parts.Blocks, writer, _stopping)
            : null;
        (_writer, _blocks, _state, _fault, _openedAt, _shown) = (writer, blocks, state, fault, parts.Time.GetTimestamp(), state.Position);
        parts.Health.SetFault(Country, fault);
        if (fault is not null)
        {
            LogFaulty(Country, fault);
            await parts.DueTimes.SetAsync(Names.DueQueue, Country, UtcNow.AddMinutes(1), _stopping);
            return;
        }

        Report();
    }

    private async Task SeeCatalogueAsync(long revision)
    {
        try
        {
            await parts.Catalogue.ChangedAsync(revision - 1, _stopping).WaitAsync(s_cataloguePatience, parts.Time, _stopping);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException($"the catalogue of revision {revision} is not here yet.", exception);
        }
    }

    /// <summary>
    /// Folds the newest snapshot and the entries after it. What cannot be folded leaves the last good state and the reason.
    /// </summary>
    private async Task<(CountryState State, string? Fault)> FoldAsync()
    {
        var journal = Names.Journal(Country);
        var state = NewState();
        try
        {
            if (
                await parts.Journals.ReadSnapshotAsync(journal, long.MaxValue, _stopping) is { } snapshot
                && !state.TryRead(snapshot.Payload)
            )
            {
                state = NewState();
            }

            (_snapshotPosition, _bytesSinceSnapshot) = (state.Position, 0);
            await foreach (var entry in parts.Journals.ReadAsync(journal, state.Position, _stopping))
            {
                state.Fold(entry);
                _bytesSinceSnapshot += entry.Payload.Length;
            }

            return (state, null);
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or OperationCanceledException))
        {
            state.ShowUndecided();
            return (state, $"its journal cannot be folded after position {state.Position}: {exception.Message}");
        }
    }

    private CountryState NewState() => new(Country, parts.Catalogue.At, parts.Author);

    private bool IsBehind => parts.Catalogue.Current.Revision > _state!.Catalogue.Revision && (_state.Position > 0 || _waiting.Count > 0);
}
