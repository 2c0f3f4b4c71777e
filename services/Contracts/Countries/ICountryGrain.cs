namespace EarlyWarning.Contracts.Countries;

/// <summary>
/// One country: the only writer of its journal, and its present risk under every active framework. Key: ISO 3166-1 alpha-3.
/// </summary>
/// <remarks>
/// Called by intake, by whoever answers for risks, and by the reader of due times. Calls go beside each other: batches are committed in the
/// order in which they came, and a read answers what was committed when it began. Of two activations, which there may be for a moment, one
/// writes and the other is refused by the store. After an exception of <see cref="RecordAsync"/> it is not known what was recorded: the
/// same observations again are duplicates, or recorded now. The state is opened anew from the journal then.
/// </remarks>
public interface ICountryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Records observations of this country that have passed validation. When the task completes, each item answered RECORDED, DUPLICATE or
    /// SUPERSEDED is durable and whatever it changes has been decided. The messages are not changed afterwards by anybody.
    /// </summary>
    Task<IntakeAnswer> RecordAsync(ObservationBatch batch);

    /// <summary>Gets the risk under a framework, or <see langword="null"/> where the framework is unknown.</summary>
    Task<V1.CountryRisk?> GetRiskAsync(RiskQuery query);

    /// <summary>
    /// Waits until the country has reached a revision, at most for a time, and gives the revision that it has reached by then.
    /// </summary>
    Task<long> ReachAsync(long revision, TimeSpan patience);

    /// <summary>Explains the risk under a framework, or <see langword="null"/> where the framework is unknown.</summary>
    Task<V1.ExplainCountryRiskResponse?> ExplainAsync(RiskQuery query);

    /// <summary>Lists how the score under a framework changed, newest first.</summary>
    Task<IReadOnlyList<V1.RiskChange>> HistoryAsync(string framework, DateTimeOffset? from, DateTimeOffset? before, int skip, int take);

    /// <summary>Lists recorded observations, newest first.</summary>
    Task<IReadOnlyList<V1.Observation>> ListObservationsAsync(ObservationQuery query);

    /// <summary>Gets the values that count at moments: what a score under any framework is computed from. Reads the journal once.</summary>
    Task<ObservedValues> ValuesAsync(ValuesQuery query);

    /// <summary>
    /// Looks at what is due: decides what time or a new catalogue has changed, and sets the next due time. Called by the reader of due
    /// times, at the start, and when the catalogue changes.
    /// </summary>
    Task WakeAsync();
}

/// <summary>Observations of one country from one request.</summary>
/// <param name="Items">Valid ones, each with its observation id set.</param>
/// <param name="Backfill">Recorded as history, which never starts, fires or resolves a threshold.</param>
[GenerateSerializer, Immutable, Alias("observation-batch")]
public sealed record ObservationBatch([property: Id(0)] IReadOnlyList<V1.Observation> Items, [property: Id(1)] bool Backfill);

/// <summary>What became of a batch.</summary>
/// <param name="Revision">The country's revision that includes it.</param>
/// <param name="Outcomes">One for each item, in order.</param>
/// <param name="Problems">For each item that is rejected or to be retried; the index counts within this batch, the field is relative to the
/// item.</param>
/// <param name="NotCurrent">The places, rising, of items that are RECORDED and not current: another observation of their natural key
/// is.</param>
/// <param name="Late">The places, rising, of items that are RECORDED and older than the newest of their series: they decide
/// nothing.</param>
[GenerateSerializer, Immutable, Alias("intake-answer")]
public sealed record IntakeAnswer(
    [property: Id(0)] long Revision,
    [property: Id(1)] IReadOnlyList<V1.Outcome> Outcomes,
    [property: Id(2)] IReadOnlyList<V1.ItemProblem> Problems,
    [property: Id(3)] IReadOnlyList<int> NotCurrent,
    [property: Id(4)] IReadOnlyList<int> Late
);

/// <summary>Which risk is asked for.</summary>
/// <param name="Framework">The framework's id.</param>
/// <param name="At">Where validity is measured; <see langword="null"/> for now.</param>
/// <param name="AsOf">What was known then; <see langword="null"/> for now.</param>
/// <param name="Since">For an explanation: what moved since then.</param>
/// <param name="WithoutRanges">Leaves out what has to be drawn: ranges, probabilities, node scores.</param>
[GenerateSerializer, Immutable, Alias("risk-query")]
public sealed record RiskQuery(
    [property: Id(0)] string Framework,
    [property: Id(1)] DateTimeOffset? At = null,
    [property: Id(2)] DateTimeOffset? AsOf = null,
    [property: Id(3)] DateTimeOffset? Since = null,
    [property: Id(4)] bool WithoutRanges = false
);

/// <summary>Which observations are asked for.</summary>
/// <param name="Request">The filters of the public request; its paging is not looked at.</param>
/// <param name="Skip">How many to leave out.</param>
/// <param name="Take">How many to give.</param>
[GenerateSerializer, Immutable, Alias("observation-query")]
public sealed record ObservationQuery(
    [property: Id(0)] V1.ListObservationsRequest Request,
    [property: Id(1)] int Skip,
    [property: Id(2)] int Take
);

/// <summary>Which values are asked for.</summary>
/// <param name="Indicators">The indicators, each with how long its observations count.</param>
/// <param name="Times">The moments, rising; empty for now.</param>
/// <param name="AsOf">What was known then; <see langword="null"/> for everything that is known now.</param>
/// <param name="AsKnown">Asks at each moment for what was known at it, whatever <paramref name="AsOf"/> says.</param>
[GenerateSerializer, Immutable, Alias("values-query")]
public sealed record ValuesQuery(
    [property: Id(0)] IReadOnlyList<WantedIndicator> Indicators,
    [property: Id(1)] IReadOnlyList<DateTimeOffset> Times,
    [property: Id(2)] DateTimeOffset? AsOf = null,
    [property: Id(3)] bool AsKnown = false
);

/// <summary>An indicator whose values are asked for.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Validity">How long an observation counts; <see langword="null"/> for ever.</param>
[GenerateSerializer, Immutable, Alias("wanted-indicator")]
public sealed record WantedIndicator([property: Id(0)] string Code, [property: Id(1)] TimeSpan? Validity);

/// <summary>A country's values, moment after moment and within each in the order of the indicators asked for.</summary>
/// <param name="Revision">The country's revision that they include.</param>
/// <param name="Values">The values; NaN where none counts.</param>
/// <param name="StandardErrors">The standard errors that the observations state; NaN where one states none.</param>
[GenerateSerializer, Immutable, Alias("observed-values")]
public sealed record ObservedValues(
    [property: Id(0)] long Revision,
    [property: Id(1)] IReadOnlyList<double> Values,
    [property: Id(2)] IReadOnlyList<double> StandardErrors
);
