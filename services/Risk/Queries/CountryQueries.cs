using EarlyWarning.Catalogue.Watching;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Risk.Explaining;
using EarlyWarning.Risk.States;
using EarlyWarning.Scoring.Engine.States;
using EarlyWarning.Store.Clocks;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Journals;

namespace EarlyWarning.Risk.Queries;

/// <summary>Answers from the present state of a country, and from its journal for the past. Thread-safe.</summary>
internal sealed class CountryQueries(
    IStore store,
    IJournals journals,
    StateFactory states,
    RiskMessages messages,
    RangeCache ranges,
    SuiteClock clock
)
{
    /// <summary>Says the risk under a framework; <see langword="null"/> where the framework is unknown.</summary>
    public async Task<V1.CountryRisk?> GetRiskAsync(IPresentCountry country, RiskQuery query, CancellationToken cancellationToken)
    {
        var state = await StateAsync(country, query, cancellationToken);
        if (state.Framework(query.Framework) is not { } framework)
        {
            return null;
        }

        var risk = messages.Risk(state, framework, At(query), nodes: !query.WithoutRanges, country.IsFaulty);
        if (!query.WithoutRanges)
        {
            await AddRangesAsync(risk, framework.Present, cancellationToken);
        }

        return risk;
    }

    /// <summary>Explains the risk under a framework; <see langword="null"/> where the framework is unknown.</summary>
    public async Task<V1.ExplainCountryRiskResponse?> ExplainAsync(
        IPresentCountry country,
        RiskQuery query,
        CancellationToken cancellationToken
    )
    {
        var state = await StateAsync(country, query, cancellationToken);
        if (state.Framework(query.Framework) is not { } framework)
        {
            return null;
        }

        // Read first: from here on everything is said of one state, though the country may go on meanwhile. Under the catalogue of the
        // state that is explained: between two versions there is no difference to speak of.
        CountryState? earlier = null;
        if (query.Since is { } since)
        {
            earlier = await PastAsync(country, new(since, since, state.Catalogue.Revision), cancellationToken);
            if (query.At is null && query.AsOf is null)
            {
                // It may have gone on meanwhile.
                state = await country.StateAsync();
                framework = state.Framework(query.Framework) ?? framework;
            }
        }

        var explanation = messages.Explain(state, framework, At(query), country.IsFaulty);
        if (earlier?.Framework(query.Framework) is { } before && ReferenceEquals(before.Compiled, framework.Compiled))
        {
            explanation.Movements.AddRange(
                Movements.Between(state.Catalogue, framework, before.Present, new Target(framework.Compiled.Root, -1))
            );
        }

        await AddRangesAsync(explanation.Risk, framework.Present, cancellationToken);
        return explanation;
    }

    /// <summary>Lists how the score under a framework changed, newest first.</summary>
    public async Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(
        IPresentCountry country,
        ScoreChangesQuery query,
        CancellationToken cancellationToken
    )
    {
        await country.StateAsync();
        return await Task.Run(() => ScoreChanges.ReadAsync(journals, country.Code, query, cancellationToken), cancellationToken);
    }

    /// <summary>Lists recorded observations, newest first.</summary>
    public async Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(
        IPresentCountry country,
        ObservationQuery query,
        CancellationToken cancellationToken
    )
    {
        await country.StateAsync();

        // The blocks of a country that is at fault may lack what its journal has.
        var blocks = country.IsFaulty ? null : store;
        return await Task.Run(() => ObservationList.ReadAsync(journals, blocks, country.Code, query, cancellationToken), cancellationToken);
    }

    /// <summary>Gets the values that count at moments. Reads the journal once, and not where the present is asked for.</summary>
    public async Task<ObservedValues> ValuesAsync(IPresentCountry country, ValuesQuery query, CancellationToken cancellationToken)
    {
        var present = await country.StateAsync();
        if (query.Times.Count == 0 && query.AsOf is null)
        {
            return ValueTable.Present(present.Series, query, present.Position, clock.GetUtcNow().UtcTicks);
        }

        var times = query.Times.Count > 0 ? query.Times : [query.AsOf!.Value];
        var catalogue = states.Catalogue.Current;
        return await Task.Run(
            () => ValueTable.ReadAsync(journals, country.Code, catalogue, query with { Times = times }, cancellationToken),
            cancellationToken
        );
    }

    // The country may go on meanwhile: the ranges are of the state that the risk was said of.
    private async Task AddRangesAsync(V1.CountryRisk risk, ScoreState present, CancellationToken cancellationToken)
    {
        var said = new ScoreState(present.Framework, present.Country);
        said.CopyFrom(present);
        RiskMessages.AddRanges(risk, said, await ranges.OfAsync(said, cancellationToken), nodes: true);
    }

    private long At(RiskQuery query) => (query.At ?? query.AsOf ?? clock.GetUtcNow()).UtcTicks;

    private Task<CountryState> StateAsync(IPresentCountry country, RiskQuery query, CancellationToken cancellationToken) =>
        query.At is null && query.AsOf is null
            ? country.StateAsync()
            : PastAsync(country, new(query.At ?? query.AsOf ?? clock.GetUtcNow(), query.AsOf, null), cancellationToken);

    private async Task<CountryState> PastAsync(IPresentCountry country, PastMoment past, CancellationToken cancellationToken)
    {
        await country.StateAsync();
        return await Task.Run(() => PastState.ReadAsync(journals, country.Code, states, past, cancellationToken), cancellationToken);
    }
}
