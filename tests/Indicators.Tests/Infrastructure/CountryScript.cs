using System.Collections.Concurrent;
using EarlyWarning.Contracts.Countries;

namespace EarlyWarning.Indicators.Tests.Infrastructure;

/// <summary>What the countries of a test answer.</summary>
public sealed class CountryScript
{
    /// <summary>What was handed to each country.</summary>
    public ConcurrentQueue<(string Country, ObservationBatch Batch)> Calls { get; } = [];

    /// <summary>How a country answers; by default all is recorded at revision 7.</summary>
    public Func<string, ObservationBatch, Task<IntakeAnswer>> Answer { get; set; } = AllRecorded;

    /// <summary>What a country lists.</summary>
    public Func<ObservationQuery, IReadOnlyList<V1.Observation>> List { get; set; } = _ => [];

    public static Task<IntakeAnswer> AllRecorded(string country, ObservationBatch batch) =>
        Task.FromResult(new IntakeAnswer(7, [.. batch.Items.Select(_ => V1.Outcome.Recorded)], [], [], []));
}

/// <summary>A country that does what the test's script says.</summary>
[Orleans.Concurrency.Reentrant]
public sealed class ScriptedCountryGrain(CountryScript script) : Grain, ICountryGrain
{
    public Task<IntakeAnswer> RecordAsync(ObservationBatch batch)
    {
        script.Calls.Enqueue((this.GetPrimaryKeyString(), batch));
        return script.Answer(this.GetPrimaryKeyString(), batch);
    }

    public Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(ObservationQuery query) => Task.FromResult(script.List(query));

    public Task<V1.CountryRisk?> GetRiskAsync(RiskQuery query) => Task.FromResult<V1.CountryRisk?>(null);

    public Task<long> ReachAsync(long revision, TimeSpan patience) => Task.FromResult(revision);

    public Task<V1.ExplainCountryRiskResponse?> ExplainAsync(RiskQuery query) => Task.FromResult<V1.ExplainCountryRiskResponse?>(null);

    public Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(
        string framework,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int skip,
        int take
    ) => Task.FromResult<IReadOnlyList<V1.RiskChange>>([]);

    public Task<ObservedValues> ValuesAsync(ValuesQuery query) => throw new NotSupportedException();

    public Task WakeAsync() => Task.CompletedTask;
}
