using EarlyWarning.Catalogue;
using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Reads what happened: the events that a request lists, and those that an indicator tells of.</summary>
internal sealed class OutcomeReader(CountryValuesReader reader, ICatalogue catalogue, IGrainFactory grains, TimeProvider time, Suite suite)
{
    private const int MostObservations = 100_000;
    private static readonly TimeSpan s_year = TimeSpan.FromDays(366);
    private readonly Countries _countries = Countries.For(suite.Exercise);

    /// <summary>How far ahead is foretold.</summary>
    public static TimeSpan Horizon(V1.OutcomeDefinition outcome) => RequestValues.Span(outcome.Horizon, s_year, "outcome.horizon");

    /// <summary>
    /// Reads them. A list of events tells until its last one, unless the request says until when it is complete; what an indicator or a
    /// table tells of, as far as it goes.
    /// </summary>
    /// <param name="outcome">The request's outcome.</param>
    /// <param name="countries">The countries of the data.</param>
    /// <param name="until">The last moment of the data.</param>
    /// <param name="withHindsight">Takes what is known today as known when it happened.</param>
    /// <param name="asOf">Takes what was known then; <see langword="null"/> for what is known now.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public async Task<OutcomeSet> ReadAsync(
        V1.OutcomeDefinition outcome,
        IReadOnlyList<string> countries,
        DateTimeOffset until,
        bool withHindsight,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken
    )
    {
        var events = outcome.Events.Select((one, i) => At(one.Country, one.Time, $"outcome.events[{i}]")).ToList();
        var told = outcome.Told.Select((one, i) => (Event: At(one.Country, one.Time, $"outcome.told[{i}]"), IsEvent: one.Event)).ToList();
        if (outcome.Indicator.Length > 0)
        {
            var observed = await reader.EachAsync(
                countries,
                country => ObservedAsync(country, outcome.Indicator, withHindsight, asOf, cancellationToken),
                cancellationToken
            );
            told.AddRange(observed.SelectMany(country => country));
        }

        var isTold = outcome.Told.Count > 0 || outcome.Indicator.Length > 0;
        IEnumerable<OutcomeEvent> sources = isTold ? told.Select(one => one.Event) : events;
        events.AddRange(told.Where(one => one.IsEvent).Select(one => one.Event));

        // Listed twice, or told of by two sources, it is one event.
        return new(
            events.DistinctBy(one => (one.Country, one.Time)),
            isTold ? told.Select(one => one.Event) : null,
            Known(outcome, sources, until, asOf ?? time.GetUtcNow())
        );
    }

    private KnownTime Known(V1.OutcomeDefinition outcome, IEnumerable<OutcomeEvent> sources, DateTimeOffset until, DateTimeOffset now)
    {
        var from = RequestValues.Time(outcome.KnownFrom, "outcome.known_from");
        var given = RequestValues.Time(outcome.KnownUntil, "outcome.known_until");
        if (given <= from)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "outcome.known_until", "It is not after known_from. Give a later time.");
        }

        // By the day, so that the same question again has the same answer; and no farther than any horizon of the data.
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero),
            end = until + Horizon(outcome);
        var last = sources.Select(one => (DateTimeOffset?)one.Time).Max() ?? DateTimeOffset.MinValue;
        var isList = outcome.Told.Count == 0 && outcome.Indicator.Length == 0;
        return new(from, new[] { given ?? last, isList ? today : last, today, end }.Min())
        {
            // What a table tells of is told, whatever it calls a country.
            Existed = (country, year) => outcome.Told.Count > 0 || !_countries.TryGet(country, out var state) || state.ExistedIn(year),
        };
    }

    /// <summary>Checks what the request says of the outcome before anything is read.</summary>
    public void Check(V1.OutcomeDefinition? outcome)
    {
        if (outcome is null || (outcome.Events.Count == 0 && outcome.Told.Count == 0 && outcome.Indicator.Length == 0))
        {
            throw Fault.Field(
                V1.ErrorReason.InvalidField,
                "outcome",
                "There is no outcome. List events, tell of moments, or name the indicator that tells of them."
            );
        }

        CheckTold(outcome);

        if (outcome.Indicator.Length > 0 && !catalogue.Current.Indicators.ContainsKey(outcome.Indicator))
        {
            throw Fault.Field(
                V1.ErrorReason.UnknownIndicator,
                "outcome.indicator",
                $"There is no indicator '{outcome.Indicator}'. Correct the code, or list the events.",
                Grpc.Core.StatusCode.InvalidArgument,
                ("indicator", outcome.Indicator)
            );
        }

        _ = Horizon(outcome);
    }

    private static void CheckTold(V1.OutcomeDefinition outcome)
    {
        var seen = new Dictionary<(string, Google.Protobuf.WellKnownTypes.Timestamp?), int>();
        for (var i = 0; i < outcome.Told.Count; i++)
        {
            var one = outcome.Told[i];
            if (!one.HasEvent)
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"outcome.told[{i}].event",
                    "It is not said whether the event came. Say true or false, or leave the moment out."
                );
            }

            if (!seen.TryAdd((one.Country, one.Time), i))
            {
                throw Fault.Field(
                    V1.ErrorReason.InvalidField,
                    $"outcome.told[{i}]",
                    $"It tells of the same country and moment as told[{seen[(one.Country, one.Time)]}]. Leave one out."
                );
            }
        }
    }

    private static OutcomeEvent At(string country, Google.Protobuf.WellKnownTypes.Timestamp? moment, string field)
    {
        if (country.Length == 0)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.country", "There is no country. Give its code.");
        }

        var at = RequestValues.Required(moment, $"{field}.time");
        return new(country, at, at);
    }

    private async Task<(OutcomeEvent Event, bool IsEvent)[]> ObservedAsync(
        string country,
        string indicator,
        bool withHindsight,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken
    )
    {
        var query = new ObservationQuery(
            new()
            {
                Country = country,
                Indicator = indicator,
                AsOf = asOf?.ToTimestamp(),
            },
            0,
            MostObservations
        );
        var observations = await grains.GetGrain<ICountryGrain>(country).ListObservationsAsync(query).WaitAsync(cancellationToken);
        return
        [
            .. observations
                .Where(observation => observation.Horizon is null)
                .Select(observation =>
                {
                    var time = observation.ObservedAt.ToDateTimeOffset();
                    var known = withHindsight ? time : (observation.KnownAt ?? observation.RecordedAt).ToDateTimeOffset();
                    return (new OutcomeEvent(country, time, known > time ? known : time), observation.Value > 0);
                }),
        ];
    }
}
