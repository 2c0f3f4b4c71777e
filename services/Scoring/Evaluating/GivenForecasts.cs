using EarlyWarning.Scoring.Engine.Evaluation;
using EarlyWarning.Scoring.Requests;
using EarlyWarning.ServiceDefaults.Errors;

namespace EarlyWarning.Scoring.Evaluating;

/// <summary>The forecasts of a request: those that can be judged, and how many of each period cannot.</summary>
/// <param name="Times">The periods' moments, rising.</param>
/// <param name="Cases">Those with a probability and a known outcome; periods by number.</param>
/// <param name="Events">The moments of events that are known, by unit and period.</param>
/// <param name="LeftOut">How many of each period are left out.</param>
/// <param name="Unknown">How many have no known outcome.</param>
/// <param name="WithoutProbability">How many have an outcome and no probability.</param>
internal sealed record GivenForecasts(
    DateTimeOffset[] Times,
    ScoredOutcome[] Cases,
    IReadOnlyDictionary<(string Unit, int Period), DateTimeOffset> Events,
    int[] LeftOut,
    int Unknown,
    int WithoutProbability
)
{
    private const int Most = 50_000;
    private const int LongestUnit = 100;

    /// <summary>Reads them.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT with the forecast and field at fault.</exception>
    public static GivenForecasts Of(V1.EvaluateForecastsRequest request)
    {
        var forecasts = request.Forecasts;
        if (forecasts.Count is 0 or > Most)
        {
            throw Fault.Field(V1.ErrorReason.InvalidField, "forecasts", $"Give 1 to {Most:N0} forecasts; there are {forecasts.Count}.");
        }

        DateTimeOffset[] moments = [.. forecasts.Select((one, i) => RequestValues.Required(one.Time, $"forecasts[{i}].time"))];
        DateTimeOffset[] times = [.. moments.Distinct().Order()];
        var seen = new Dictionary<(string, int), int>();
        var cases = new List<ScoredOutcome>();
        var events = new Dictionary<(string, int), DateTimeOffset>();
        var leftOut = new int[times.Length];
        int unknown = 0,
            without = 0;
        for (var i = 0; i < forecasts.Count; i++)
        {
            var one = forecasts[i];
            var period = Array.BinarySearch(times, moments[i]);
            Check(one, request.Scores, $"forecasts[{i}]");
            if (!seen.TryAdd((one.Unit, period), i))
            {
                throw Invalid(
                    $"forecasts[{i}]",
                    $"'{one.Unit}' has another forecast of this moment, forecasts[{seen[(one.Unit, period)]}]. Leave one out."
                );
            }

            if (Event(one, moments[i], $"forecasts[{i}].event_time") is { } at)
            {
                events.Add((one.Unit, period), at);
            }

            unknown += one.HasOutcome ? 0 : 1;
            without += one is { HasOutcome: true, HasProbability: false } ? 1 : 0;
            if (one is { HasOutcome: true, HasProbability: true })
            {
                cases.Add(new(one.Probability, one.Outcome, period, one.Unit));
            }
            else
            {
                leftOut[period]++;
            }
        }

        return new(times, [.. cases], events, leftOut, unknown, without);
    }

    private static void Check(V1.GivenForecast one, bool scores, string field)
    {
        if (one.Unit.Length is 0 or > LongestUnit)
        {
            throw Invalid($"{field}.unit", $"Name what was forecast, in 1 to {LongestUnit} characters.");
        }

        if (one.HasProbability && (scores ? !double.IsFinite(one.Probability) : one.Probability is not (>= 0 and <= 1)))
        {
            throw Invalid(
                $"{field}.probability",
                scores
                    ? $"{one.Probability:R} is no number. Leave it out where there is none."
                    : $"{one.Probability:R} is no probability from 0 to 1. Ask for scores where it is one of another scale."
            );
        }
    }

    private static DateTimeOffset? Event(V1.GivenForecast one, DateTimeOffset given, string field)
    {
        if (one.EventTime is null)
        {
            return null;
        }

        var at = RequestValues.Required(one.EventTime, field);
        return one is not { HasOutcome: true, Outcome: true }
                ? throw Invalid(
                    field,
                    "There is a time of an event, and the outcome is not that it came. Leave it out, or correct the outcome."
                )
            : at <= given ? throw Invalid(field, "The event does not follow the forecast, strictly. Correct the times.")
            : at;
    }

    private static Grpc.Core.RpcException Invalid(string field, string message) => Fault.Field(V1.ErrorReason.InvalidField, field, message);
}
