using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.Copies;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Journals;
using EarlyWarning.Store.Requests;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Indicators.Catalogue;

/// <summary>
/// Keeps the whole catalogue and its changes in memory, folded from the journal <c>catalogue</c>. Tells nobody: each process asks for what
/// is new, and a write is answered once they have it.
/// </summary>
internal sealed class CatalogueGrain(IJournals journals, Suite suite, TimeProvider time, ILogger<CatalogueGrain> logger)
    : Grain,
        ICatalogueGrain
{
    private const string Journal = "catalogue";
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly Countries _countries = Countries.For(suite.Exercise);
    private readonly CatalogueReaders _readers = new(time);
    private Journaled<CatalogueLog>? _log;
    private Task<Journaled<CatalogueLog>>? _opening;

    public Task<CatalogueChange> CreateIndicatorsAsync(
        IReadOnlyList<V1.Indicator> indicators,
        bool validateOnly,
        KeptRequest? request = null
    ) =>
        ChangeAsync(
            state => CatalogueDecisions.CreateIndicators(state, indicators),
            state => ChangeResults.Indicators(state, indicators),
            validateOnly,
            request
        );

    public Task<CatalogueChange> CreateFrameworkAsync(
        V1.Framework framework,
        IReadOnlyList<V1.Indicator> indicators,
        bool validateOnly,
        KeptRequest? request = null
    ) =>
        ChangeAsync(
            state => CatalogueDecisions.CreateFramework(state, framework, indicators, _countries),
            state => ChangeResults.Framework(state, framework, indicators),
            validateOnly,
            request
        );

    public Task<CatalogueChange> CreateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request = null) =>
        ChangeAsync(
            state => CatalogueDecisions.CreateThreshold(state, threshold, _countries),
            state => ChangeResults.Threshold(state, threshold.Name),
            validateOnly,
            request
        );

    public Task<CatalogueChange> UpdateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request = null) =>
        ChangeAsync(
            state => CatalogueDecisions.UpdateThreshold(state, threshold, _countries),
            state => ChangeResults.Threshold(state, threshold.Name),
            validateOnly,
            request
        );

    public Task<CatalogueChange> RetireThresholdAsync(string name, string etag, bool validateOnly, KeptRequest? request = null) =>
        ChangeAsync(state => Retiring.Threshold(state, name, etag), state => ChangeResults.Threshold(state, name), validateOnly, request);

    public Task<CatalogueChange> RetireFrameworkAsync(string name, string etag, bool validateOnly, KeptRequest? request = null) =>
        ChangeAsync(
            state => Retiring.Framework(state, name, etag),
            state => ChangeResults.RetiredFramework(state, name),
            validateOnly,
            request
        );

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ChangesAfterAsync(
        long revision,
        string reader = "",
        TimeSpan patience = default,
        CancellationToken cancellationToken = default
    )
    {
        _readers.Heard(reader, revision);
        if (patience > TimeSpan.Zero && revision >= (await OpenAsync()).State.Changes.Count)
        {
            await _readers.ChangedAsync(patience, cancellationToken);
        }

        var changes = (await OpenAsync()).State.Changes;
        return revision >= changes.Count ? [] : changes.GetRange((int)revision, changes.Count - (int)revision);
    }

    private async Task<CatalogueChange> ChangeAsync(
        Func<CatalogueState, CatalogueDecision> decide,
        Func<CatalogueState, CatalogueChange> answer,
        bool validateOnly,
        KeptRequest? request
    )
    {
        try
        {
            var log = await OpenAsync();
            var decision = decide(log.State.State);
            if (decision.Faults.Count > 0)
            {
                return ChangeResults.Refused(log.Position, decision.Faults);
            }

            using var deadline = new CancellationTokenSource(s_deadline, time);
            if (decision.Change is null)
            {
                var same = Answered(log, log.State.State);
                if (request is not null && !validateOnly)
                {
                    await log.CommitAsync(Keep(request, same), deadline.Token);
                }

                return same;
            }

            var payload = CatalogueJournal.Write(decision.Change);
            if (ChangeResults.TooLarge(decision.Change, payload.Length) is { } fault)
            {
                return ChangeResults.Refused(log.Position, [fault]);
            }

            if (validateOnly)
            {
                return Upcoming(log, payload);
            }

            await log.CommitAsync(payload, request is null ? null : Keep(request, Upcoming(log, payload)), deadline.Token);
            await _readers.TellAsync(log.Position);
            return Answered(log, log.State.State);
        }
        catch (StoreConflictException)
        {
            // The same request was kept by another process: its answer is read from there.
            _log = null;
            throw;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or FencedException or OperationCanceledException)
        {
            // The append may have happened: the journal is opened again, and the same request again finds its effect or makes it.
            _log = null;
            logger.NotWritten(exception);
            return ChangeResults.NotWritten(exception);
        }

        Unit Keep(KeptRequest kept, CatalogueChange change) => new Unit().KeepRequest(kept.Mark, kept.AnswerOf(change), time.GetUtcNow());

        CatalogueChange Upcoming(Journaled<CatalogueLog> log, byte[] payload)
        {
            var (position, recordedAt) = log.Upcoming();
            var after = log.State.State.Apply(CatalogueJournal.Read(position, recordedAt, payload));
            return answer(after) with { Revision = log.Position };
        }

        CatalogueChange Answered(Journaled<CatalogueLog> log, CatalogueState state) => answer(state) with { Revision = log.Position };
    }

    /// <summary>One opening for all who wait: a second would fence the first.</summary>
    private ValueTask<Journaled<CatalogueLog>> OpenAsync() =>
        _log is { } log ? new(log) : new(_opening is { IsCompleted: false } opening ? opening : _opening = OpenAnewAsync());

    private async Task<Journaled<CatalogueLog>> OpenAnewAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline, time);
        return _log = await Journaled<CatalogueLog>.OpenAsync(journals, Journal, new CatalogueLog.Fold(), int.MaxValue, deadline.Token);
    }
}
