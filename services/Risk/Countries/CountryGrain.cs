using EarlyWarning.Contracts.Countries;
using EarlyWarning.Contracts.Placement;
using EarlyWarning.Risk.Queries;
using EarlyWarning.Risk.Writing;
using EarlyWarning.Store.Clocks;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Countries;

/// <summary>
/// One country: where its calls meet. Keeps a <see cref="LiveCountry"/>, which has the state, the writer of the journal and what waits, and
/// answers from it and from the journal. Rankings are told of new states.
/// </summary>
[Reentrant]
[HomePlacement]
[GrainType(Type)]
internal sealed class CountryGrain(
    CountryOpener opener,
    CountryQueries queries,
    RankingReports rankings,
    LocalCountries local,
    SuiteClock clock,
    ILogger<CountryGrain> logger
) : Grain, ICountryGrain, IDisposable
{
    /// <summary>By what Orleans names the grains.</summary>
    public const string Type = "country";

    private LiveCountry _country = null!;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _country = new(this.GetPrimaryKeyString(), opener, rankings, local, clock, DeactivateOnIdle, logger);
        local.Enter(_country.Code, GrainContext);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _country.StopAsync(cancellationToken);
        local.Leave(_country.Code, GrainContext);
    }

    /// <inheritdoc />
    public void Dispose() => _country?.Dispose();

    /// <inheritdoc />
    public Task<IntakeAnswer> RecordAsync(ObservationBatch batch) => _country.RecordAsync(batch);

    /// <inheritdoc />
    public Task WakeAsync() => _country.WakeAsync();

    /// <inheritdoc />
    public Task<long> ReachAsync(long revision, TimeSpan patience) => _country.ReachAsync(revision, patience);

    /// <inheritdoc />
    public Task<V1.CountryRisk?> GetRiskAsync(RiskQuery query) => queries.GetRiskAsync(_country, query, _country.Stopping);

    /// <inheritdoc />
    public Task<V1.ExplainCountryRiskResponse?> ExplainAsync(RiskQuery query) => queries.ExplainAsync(_country, query, _country.Stopping);

    /// <inheritdoc />
    public Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(
        string framework,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int skip,
        int take
    ) => queries.HistoryAsync(_country, new(framework, from, before, skip, take), _country.Stopping);

    /// <inheritdoc />
    public Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(ObservationQuery query) =>
        queries.ListObservationsAsync(_country, query, _country.Stopping);

    /// <inheritdoc />
    public Task<ObservedValues> ValuesAsync(ValuesQuery query) => queries.ValuesAsync(_country, query, _country.Stopping);
}
