using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.Histories;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Store;

namespace EarlyWarning.Risk.Countries;

/// <content>Answers from the present state, and from the journal for the past.</content>
internal sealed partial class CountryGrain
{
    /// <inheritdoc />
    public async Task<V1.CountryRisk?> GetRiskAsync(RiskQuery query)
    {
        var state = await StateAsync(query.At, query.AsOf);
        if (state.Framework(query.Framework) is not { } framework)
        {
            return null;
        }

        var risk = parts.Risks.Risk(state, framework, At(query), nodes: !query.WithoutRanges, _fault is not null);
        if (!query.WithoutRanges)
        {
            await AddRangesAsync(risk, framework.Present);
        }

        return risk;
    }

    /// <inheritdoc />
    public async Task<long> ReachAsync(long revision, TimeSpan patience)
    {
        await PresentAsync();
        var started = parts.Time.GetTimestamp();
        while (
            Revision < revision
            && parts.Time.GetElapsedTime(started) is var waited
            && waited < patience
            && !_stopping.IsCancellationRequested
        )
        {
            // Each round of the loop says that it has ended; what it has decided is in the journal by then.
            _stepped ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            await _stepped
                .Task.WaitAsync(patience - waited, parts.Time, _stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return Revision;
    }

    /// <inheritdoc />
    public async Task<V1.ExplainCountryRiskResponse?> ExplainAsync(RiskQuery query)
    {
        var state = await StateAsync(query.At, query.AsOf);
        if (state.Framework(query.Framework) is not { } framework)
        {
            return null;
        }

        // Read first: from here on everything is said of one state, though the country may go on meanwhile. Under the catalogue of the
        // state that is explained: between two versions there is no difference to speak of.
        CountryState? earlier = null;
        if (query.Since is { } since)
        {
            earlier = await PastAsync(since, since, state.Catalogue.Revision);
            if (query.At is null && query.AsOf is null)
            {
                // It may have gone on meanwhile.
                state = await PresentAsync();
                framework = state.Framework(query.Framework) ?? framework;
            }
        }

        var explanation = parts.Risks.Explain(state, framework, At(query), _fault is not null);
        if (earlier?.Framework(query.Framework) is { } before && ReferenceEquals(before.Compiled, framework.Compiled))
        {
            explanation.Movements.AddRange(
                Movements.Between(state.Catalogue, framework, before.Present, new Target(framework.Compiled.Root, -1))
            );
        }

        await AddRangesAsync(explanation.Risk, framework.Present);
        return explanation;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(
        string framework,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int skip,
        int take
    )
    {
        await PresentAsync();
        return await Task.Run(() =>
            ScoreHistory.ReadAsync(
                parts.Journals,
                Country,
                framework,
                from?.UtcTicks ?? 0,
                before?.UtcTicks ?? long.MaxValue,
                skip,
                take,
                _stopping
            )
        );
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(ObservationQuery query)
    {
        await PresentAsync();
        var store = _blocks is null ? null : parts.Store;
        return await Task.Run(() => ObservationList.ReadAsync(parts.Journals, store, Country, query, _stopping));
    }

    /// <inheritdoc />
    public async Task<CountryValues> ValuesAsync(ValuesQuery query)
    {
        var present = await PresentAsync();
        if (query.Times.Count == 0 && query.AsOf is null)
        {
            return ValueTable.Present(present.Series, query, present.Position, Now);
        }

        var times = query.Times.Count > 0 ? query.Times : [query.AsOf!.Value];
        return await Task.Run(() =>
            ValueTable.ReadAsync(parts.Journals, Country, parts.Catalogue.Current, query with { Times = times }, _stopping)
        );
    }

    private long Revision => _shown;

    // The country may go on meanwhile: the ranges are of the state that the risk was said of.
    private async Task AddRangesAsync(V1.CountryRisk risk, ScoreState present)
    {
        var said = new ScoreState(present.Framework, present.Country);
        said.CopyFrom(present);
        CountryRisks.AddRanges(risk, said, await parts.Ranges.OfAsync(said, _stopping), nodes: true);
    }

    private long At(RiskQuery query) => (query.At ?? query.AsOf ?? UtcNow).UtcTicks;

    private Task<CountryState> StateAsync(DateTimeOffset? at, DateTimeOffset? asOf) =>
        at is null && asOf is null ? PresentAsync() : PastAsync(at, asOf, null);

    private async Task<CountryState> PastAsync(DateTimeOffset? at, DateTimeOffset? asOf, long? catalogueRevision)
    {
        await PresentAsync();
        var now = UtcNow;
        return await Task.Run(() =>
            PastState.ReadAsync(
                parts.Journals,
                Country,
                parts.Catalogue,
                parts.Author,
                new(at ?? asOf ?? now, asOf, catalogueRevision),
                _stopping
            )
        );
    }

    /// <summary>The state of now: opened, and with everything decided that time has changed.</summary>
    private async Task<CountryState> PresentAsync()
    {
        await ShownAsync();
        if (_state is null || (_fault is null && (_state.NextTick(Now) is not null || IsBehind)))
        {
            await NextStepAsync();
            await ShownAsync();
        }

        var state = _state ?? throw new StoreUnavailableException($"The journal of {Country} cannot be read now.");
        if (state.Position > 0)
        {
            return state;
        }

        // Asking about a country of which nothing is recorded writes nothing, not even which catalogue it would be scored under.
        var empty = NewState();
        empty.ScorePast(Now, parts.Catalogue.Current.Revision);
        return empty;
    }
}
