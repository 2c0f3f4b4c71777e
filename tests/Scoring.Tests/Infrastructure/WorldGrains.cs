using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Values;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <summary>A country of the test's world.</summary>
public sealed class WorldCountry(World world, string code) : ICountryGrain
{
    public Task<IntakeAnswer> RecordAsync(ObservationBatch batch) => throw new NotSupportedException();

    public Task<V1.CountryRisk?> GetRiskAsync(RiskQuery query) => throw new NotSupportedException();

    public Task<long> ReachAsync(long revision, TimeSpan patience) => world.ReachAsync(code, revision, patience);

    public Task<V1.ExplainCountryRiskResponse?> ExplainAsync(RiskQuery query) => throw new NotSupportedException();

    /// <summary>Each day of the world is a change of the score.</summary>
    public Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(
        string framework,
        DateTimeOffset? from,
        DateTimeOffset? before,
        int skip,
        int take
    ) =>
        Task.FromResult<IReadOnlyList<V1.RiskChange>>([
            .. Enumerable
                .Range(0, 40)
                .Select(day => Samples.Now.AddDays(-day))
                .Where(time => time >= from && time < before)
                .Select(time => new V1.RiskChange { Time = time.Stamp() }),
        ]);

    public Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(ObservationQuery query) =>
        Task.FromResult(world.Observations(code, query.Request));

    public async Task<ObservedValues> ValuesAsync(ValuesQuery query)
    {
        await world.Answering;
        return world.Values(code, query);
    }

    public Task WakeAsync() => Task.CompletedTask;
}

/// <summary>The ranking of the test's world.</summary>
public sealed class WorldRanking(World world, RankingSignal signal, string id) : IRankingGrain
{
    public Task ReportAsync(V1.CountryRisk risk) => throw new NotSupportedException();

    public Task<RankedCountries> RankAsync(string[] countries) =>
        Task.FromResult(new RankedCountries([.. Ranked().Where(risk => countries.Length == 0 || countries.Contains(risk.Country))], []));

    private IReadOnlyList<V1.CountryRisk> Ranked()
    {
        var framework = world.Current.Frameworks[id];
        var inputs = new FrameworkInputs(framework.Compiled);
        return
        [
            .. world.Countries.Select(country =>
            {
                var values = world.Values(country, new(inputs.Wanted, []));
                var state = inputs.Score(framework.Compiled, new(country, values.Revision, [.. values.Values], [.. values.StandardErrors]));
                var risk = new V1.CountryRisk { Country = country, Framework = $"frameworks/{framework.Id}/versions/{framework.Version}" };
                if (state.Score is { } score)
                {
                    (risk.State, risk.Score, risk.LevelOrder) = (V1.DataState.Sufficient, score, state.LevelIndex);
                }

                return risk;
            }),
        ];
    }

    /// <summary>Tells all again each time that the test raises the signal.</summary>
    public async Task<RankingChanges> ChangesAfterAsync(RankingVersion after, string[] countries)
    {
        await signal.RaisedAsync(after.Sequence);
        return new(Ranked(), new(signal.Activation, signal.Count));
    }
}

/// <summary>The countries of the test's world of which anything is recorded.</summary>
public sealed class WorldRegister(World world) : ICountryRegisterGrain
{
    public Task<IReadOnlyList<string>> ListAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. world.Countries.Order(StringComparer.Ordinal)]);
}

/// <summary>The catalogue of the test's world.</summary>
public sealed class WorldCatalogue(World world) : ICatalogueGrain
{
    public Task<CatalogueChange> CreateIndicatorsAsync(IReadOnlyList<V1.Indicator> indicators, bool validateOnly, KeptRequest? request) =>
        throw new NotSupportedException();

    public Task<CatalogueChange> CreateFrameworkAsync(
        V1.Framework framework,
        IReadOnlyList<V1.Indicator> indicators,
        bool validateOnly,
        KeptRequest? request
    ) => Task.FromResult(world.Create(framework, validateOnly));

    public Task<CatalogueChange> CreateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request) =>
        throw new NotSupportedException();

    public Task<CatalogueChange> UpdateThresholdAsync(V1.Threshold threshold, bool validateOnly, KeptRequest? request) =>
        throw new NotSupportedException();

    public Task<CatalogueChange> RetireThresholdAsync(string name, string etag, bool validateOnly, KeptRequest? request) =>
        throw new NotSupportedException();

    public Task<CatalogueChange> RetireFrameworkAsync(string name, string etag, bool validateOnly, KeptRequest? request) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ChangesAfterAsync(
        long revision,
        string reader,
        TimeSpan patience,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}

/// <summary>Says when the ranking has something new.</summary>
public sealed class RankingSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid Activation { get; } = Guid.NewGuid();

    public long Count { get; private set; } = 1;

    public void Raise()
    {
        TaskCompletionSource raised;
        lock (_lock)
        {
            Count++;
            (raised, _raised) = (_raised, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        raised.SetResult();
    }

    public Task RaisedAsync(long after)
    {
        lock (_lock)
        {
            return Count > after ? Task.CompletedTask : _raised.Task;
        }
    }
}

/// <summary>Finds the grains of the test's world, which are plain objects.</summary>
public sealed class WorldGrains(World world, RankingSignal signal) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        typeof(TGrainInterface) == typeof(ICountryGrain) ? (TGrainInterface)(object)new WorldCountry(world, primaryKey)
        : typeof(TGrainInterface) == typeof(IRankingGrain) ? (TGrainInterface)(object)new WorldRanking(world, signal, primaryKey)
        : throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        typeof(TGrainInterface) == typeof(ICatalogueGrain) ? (TGrainInterface)(object)new WorldCatalogue(world)
        : typeof(TGrainInterface) == typeof(ICountryRegisterGrain) ? (TGrainInterface)(object)new WorldRegister(world)
        : throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw new NotSupportedException();

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId) => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw new NotSupportedException();
}
