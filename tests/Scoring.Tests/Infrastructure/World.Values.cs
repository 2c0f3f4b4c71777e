using EarlyWarning.Contracts.Countries;

namespace EarlyWarning.Scoring.Tests.Infrastructure;

/// <content>What was seen, and as of when.</content>
public sealed partial class World
{
    public ObservedValues Values(string country, ValuesQuery query)
    {
        lock (_lock)
        {
            Asked++;
            var seen = _seen.GetValueOrDefault(country) ?? [];
            IReadOnlyList<DateTimeOffset> times = query.Times.Count > 0 ? query.Times : [query.AsOf ?? Samples.Now];
            var chosen = times
                .SelectMany(time =>
                    query.Indicators.Select(wanted =>
                        seen.Where(one =>
                                one.Indicator == wanted.Code
                                && one.Observed <= time
                                && one.Known <= (query.AsKnown ? time : query.AsOf ?? DateTimeOffset.MaxValue)
                                && (wanted.Validity is not { } validity || one.Observed + validity > time)
                            )
                            .MaxBy(one => (one.Observed, seen.IndexOf(one)))
                    )
                )
                .ToArray();
            return new(
                seen.Count,
                [.. chosen.Select(one => one?.Value ?? double.NaN)],
                [.. chosen.Select(one => one?.Error ?? double.NaN)]
            );
        }
    }

    public IReadOnlyList<V1.Observation> Observations(string country, V1.ListObservationsRequest request)
    {
        lock (_lock)
        {
            return
            [
                .. (_seen.GetValueOrDefault(country) ?? [])
                    .Where(one =>
                        one.Indicator == request.Indicator && one.Known <= (request.AsOf?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue)
                    )
                    .OrderByDescending(one => one.Observed)
                    .Select(one => new V1.Observation
                    {
                        Country = country,
                        Indicator = request.Indicator,
                        Value = one.Value,
                        ObservedAt = one.Observed.Stamp(),
                        KnownAt = one.Known.Stamp(),
                        RecordedAt = one.Known.Stamp(),
                    }),
            ];
        }
    }
}
