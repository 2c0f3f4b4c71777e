using EarlyWarning.Cli.Connection;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Cli.Plotting;

/// <summary>
/// Reads what a drawing needs beside the changes of a score: what held before them, and the ranges, which a history does not have.
/// </summary>
internal sealed class HistoryReading(SuiteConnection suite, string name)
{
    private const int AtOnce = 8;

    /// <summary>Makes the drawing's data.</summary>
    /// <param name="changes">The changes, newest first.</param>
    /// <param name="from">Where the time begins; nothing for the oldest of the changes.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="columns">How many columns are drawn: no more ranges are asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<PlotData> ReadAsync(
        IReadOnlyList<RiskChange> changes,
        Timestamp? from,
        DateTimeOffset to,
        int columns,
        CancellationToken cancellation
    )
    {
        var framework = (
            await suite.Catalogue.GetFrameworkAsync(
                new() { Name = name[..name.IndexOf("/risks/", StringComparison.Ordinal)] },
                cancellationToken: cancellation
            )
        ).Framework;
        var levels = framework.Bands.Select(band => (band.Level, band.LowerBound)).ToList();
        var points = (await BeforeAsync(from, cancellation))
            .Concat(changes.Reverse())
            .Select(change => PointOf(change, levels.FindIndex(level => level.Level == LevelOf(change))))
            .ToList();
        var start = from?.ToDateTimeOffset() ?? (points is [var first, ..] ? first.Time : to);
        var end = to > start ? to : start.AddMinutes(1);
        var data = new PlotData(points, start, end, levels, Top: 100);
        var shown = Enumerable
            .Range(0, columns)
            .Select(column => data.In(column, columns))
            .Where(column => column.Count > 0)
            .Select(column => column[^1]);
        var ranges = await RangesAsync(shown.Where(point => point.Score is not null).DistinctBy(point => point.Time), cancellation);
        List<PlotPoint> ranged =
        [
            .. points.Select(point => point with { Range = ranges.TryGetValue(point.Time, out var range) ? range : null }),
        ];
        return data with
        {
            Points = ranged,
            Top =
                framework.ModelCase == Framework.ModelOneofCase.Composite
                    ? 100
                    : PlotData.TopFor(ranged.Max(point => Math.Max(point.Score ?? 0, point.Range?.Upper ?? 0))),
        };
    }

    // What held when the time begins was decided before it.
    private async Task<IEnumerable<RiskChange>> BeforeAsync(Timestamp? from, CancellationToken cancellation) =>
        from is null
            ? []
            : (
                await suite.Risks.ListRiskHistoryAsync(
                    new()
                    {
                        Name = name,
                        Before = from,
                        PageSize = 1,
                    },
                    cancellationToken: cancellation
                )
            ).Changes;

    private async Task<Dictionary<DateTimeOffset, (double, double)>> RangesAsync(
        IEnumerable<PlotPoint> points,
        CancellationToken cancellation
    )
    {
        var found = new Dictionary<DateTimeOffset, (double, double)>();
        foreach (var some in points.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(some.Select(point => RangeAsync(point, cancellation)));
            foreach (var (point, range) in some.Zip(answers))
            {
                if (range is { } known)
                {
                    found[point.Time] = known;
                }
            }
        }

        return found;
    }

    // As it was known and valid then; of a framework that was not yet in force, or a journal that is faulty, nothing is drawn.
    private async Task<(double, double)?> RangeAsync(PlotPoint point, CancellationToken cancellation)
    {
        var then = Timestamp.FromDateTimeOffset(point.Time);
        try
        {
            var answer = await suite.Risks.GetCountryRiskAsync(
                new()
                {
                    Name = name,
                    At = then,
                    AsOf = then,
                },
                cancellationToken: cancellation
            );
            return answer.Risk.Interval is { } interval ? (interval.Lower, interval.Upper) : null;
        }
        catch (RpcException error) when (error.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            return null;
        }
    }

    private static PlotPoint PointOf(RiskChange change, int level) =>
        new(change.Time.ToDateTimeOffset(), change.HasScore ? change.Score : null, Range: null, level < 0 ? null : level, change.Framework);

    private static string LevelOf(RiskChange change) => change.Level.Length > 0 ? change.Level : change.LevelAtLeast;
}
