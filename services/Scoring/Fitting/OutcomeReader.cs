using EarlyWarning.Contracts.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Api;
using EarlyWarning.Scoring.Values;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Fitting;

/// <summary>Reads what happened: the events that a request lists, and those that an indicator tells of.</summary>
internal sealed class OutcomeReader(CountryValuesReader reader, ICatalogue catalogue, IGrainFactory grains, TimeProvider time)
{
    private const int MostObservations = 100_000;
    private static readonly TimeSpan s_year = TimeSpan.FromDays(366);

    /// <summary>How far ahead is foretold.</summary>
    public static TimeSpan Horizon(V1.OutcomeDefinition outcome) => Requests.Span(outcome.Horizon, s_year, "outcome.horizon");

    /// <summary>
    /// Reads them. A list of events is taken to be complete until today; what an indicator tells of, until its last observation anywhere.
    /// </summary>
    /// <param name="outcome">The request's outcome.</param>
    /// <param name="countries">The countries of the data.</param>
    /// <param name="until">The last moment of the data.</param>
    /// <param name="withHindsight">Takes what is known today as known when it happened.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the field at fault.</exception>
    public async Task<Outcomes> ReadAsync(
        V1.OutcomeDefinition outcome, IReadOnlyList<string> countries, DateTimeOffset until, bool withHindsight, CancellationToken cancellationToken)
    {
        var events = outcome.Events.Select((one, i) => Listed(one, $"outcome.events[{i}]")).ToList();
        if (outcome.Indicator.Length == 0)
        {
            // By the day, so that the same question again has the same answer; and no farther than any horizon of the data.
            DateTimeOffset today = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero), end = until + Horizon(outcome);
            return new(events, null, today < end ? today : end);
        }

        var observed = await reader.EachAsync(countries, country => ObservedAsync(country, outcome.Indicator, withHindsight, cancellationToken), cancellationToken);
        var told = observed.SelectMany(country => country).ToArray();
        events.AddRange(told.Where(one => one.IsEvent).Select(one => one.Event));
        return new(
            events,
            told.Select(one => one.Event),
            told.Select(one => one.Event.Time).Concat(events.Select(one => one.Time)).DefaultIfEmpty(DateTimeOffset.MinValue).Max());
    }

    /// <summary>Checks what the request says of the outcome before anything is read.</summary>
    public void Check(V1.OutcomeDefinition? outcome)
    {
        if (outcome is null || (outcome.Events.Count == 0 && outcome.Indicator.Length == 0))
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "outcome", "There is no outcome. List events, or name the indicator that tells of them.");
        }

        if (outcome.Indicator.Length > 0 && !catalogue.Current.Indicators.ContainsKey(outcome.Indicator))
        {
            throw Fault.Field(V1.ErrorReason.UnknownIndicator, "outcome.indicator", $"There is no indicator '{outcome.Indicator}'. Correct the code, or list the events.");
        }

        _ = Horizon(outcome);
    }

    private static OutcomeEvent Listed(V1.OutcomeEvent one, string field)
    {
        if (one.Country.Length == 0)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}.country", "There is no country. Give its code.");
        }

        var time = Requests.Required(one.Time, $"{field}.time");
        return new(one.Country, time, time);
    }

    private async Task<(OutcomeEvent Event, bool IsEvent)[]> ObservedAsync(
        string country, string indicator, bool withHindsight, CancellationToken cancellationToken)
    {
        var query = new ObservationQuery(new() { Country = country, Indicator = indicator }, 0, MostObservations);
        var observations = await grains.GetGrain<ICountryGrain>(country).ListObservationsAsync(query).WaitAsync(cancellationToken);
        return
        [
            .. observations.Where(observation => observation.Horizon is null).Select(observation =>
            {
                var time = observation.ObservedAt.ToDateTimeOffset();
                var known = withHindsight ? time : (observation.KnownAt ?? observation.RecordedAt).ToDateTimeOffset();
                return (new OutcomeEvent(country, time, known > time ? known : time), observation.Value > 0);
            }),
        ];
    }
}
