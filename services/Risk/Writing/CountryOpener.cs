using EarlyWarning.Risk.Breaches;
using EarlyWarning.Risk.Intake;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.Lookup;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.States;
using EarlyWarning.Risk.Telemetry;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Writing;

/// <summary>Takes over the journals of countries and folds them. Thread-safe.</summary>
internal sealed partial class CountryOpener(
    CountryStorage storage,
    StateFactory states,
    IBreachOutbox breaches,
    SeriesLimits limits,
    SuiteClock clock,
    RiskMetrics metrics,
    ILogger<CountryOpener> logger
)
{
    private static readonly TimeSpan s_cataloguePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_faultyAgain = TimeSpan.FromMinutes(1);

    /// <summary>Makes what batches of a country wait in, from its first opening to its last.</summary>
    public IntakeQueue NewQueue() => new(metrics);

    /// <summary>Makes the present state of a country of which nothing is recorded.</summary>
    public CountryState Unrecorded(string country) => states.Unrecorded(country, clock.GetUtcNow().UtcTicks);

    /// <summary>
    /// Opens a country: from here on this is its only writer. One that cannot be folded is opened at fault, and woken again.
    /// </summary>
    /// <param name="country">Which.</param>
    /// <param name="conflict">What the store has against its next entry; <see langword="null"/> for nothing.</param>
    /// <param name="listener">Is told of each commit.</param>
    /// <param name="cancellationToken">Gives the opening up.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer, or the catalogue is not here yet.</exception>
    public async Task<OpenedCountry> OpenAsync(
        string country,
        string? conflict,
        ICommitListener listener,
        CancellationToken cancellationToken
    )
    {
        var journal = await storage.Journals.OpenAsync(JournalNames.Of(country), cancellationToken);
        var folded = await FoldAsync(country, cancellationToken);
        var snapshots = new SnapshotKeeper(folded, storage.Journals, storage.Snapshots, logger);
        if ((folded.Fault ?? conflict) is { } fault)
        {
            LogFaulty(country, fault);
            await storage.DueTimes.SetAsync(EntryCommitter.DueQueue, country, clock.GetUtcNow() + s_faultyAgain, cancellationToken);
            return new(folded.State, null, null, fault, snapshots, clock.GetTimestamp());
        }

        var past = await CountryBlocks.OpenAsync(country, storage.Store, storage.Journals, storage.Blocks, journal, cancellationToken);
        var committer = new EntryCommitter(country, journal, breaches, clock, metrics);
        var writer = new CountryWriter(folded.State, committer, past, states.Catalogue, clock, limits, listener);
        return new(folded.State, writer, past, null, snapshots, clock.GetTimestamp());
    }

    private async Task<FoldedJournal> FoldAsync(string country, CancellationToken cancellationToken)
    {
        // Looked at before folding: a catalogue that arrives in the middle was not there for the entries folded by then.
        var seen = states.Catalogue.Current.Revision;
        var folded = await FoldedJournal.ReadAsync(storage.Journals, country, states, cancellationToken);
        if (folded.State.CatalogueRevision <= seen)
        {
            return folded;
        }

        // This silo had not yet seen the catalogue that the journal was written under: what was folded is another state.
        await SeeCatalogueAsync(folded.State.CatalogueRevision, cancellationToken);
        return await FoldedJournal.ReadAsync(storage.Journals, country, states, cancellationToken);
    }

    private async Task SeeCatalogueAsync(long revision, CancellationToken cancellationToken)
    {
        try
        {
            await states.Catalogue.ChangedAsync(revision - 1, cancellationToken).WaitAsync(s_cataloguePatience, clock, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException($"the catalogue of revision {revision} is not here yet.", exception);
        }
    }

    [LoggerMessage(7071, LogLevel.Error, "{Country} takes nothing in: {Fault}")]
    private partial void LogFaulty(string country, string fault);
}
