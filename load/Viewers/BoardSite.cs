using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Catalogue;
using EarlyWarning.Driver.Measuring;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Suites;
using EarlyWarning.Driver.Targets;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Viewers;

/// <summary>
/// A suite of its own that knows the world: every State by 150 indicators. One country is left to whoever measures: its score stands just
/// below a half, and a single observation lifts what is shown of it by one.
/// </summary>
internal sealed class BoardSite : IAsyncDisposable
{
    public const int Indicators = 150;
    public const string Measured = "KEN";
    public const string MeasuredName = "Kenya";
    private const int MostCountries = 190;
    private const double Below = 49.4;
    private readonly SuiteTarget _target;
    private readonly Observations _news;
    private readonly ObservationService.ObservationServiceClient _intake;
    private long _step;

    private BoardSite(SuiteTarget target, IReadOnlyList<string> countries)
    {
        _target = target;
        Countries = countries;
        _news = new("board", $"b{DateTimeOffset.UtcNow.UtcTicks:x}", [.. countries.Where(one => one != Measured)], Indicators);
        _intake = new(target.Callers[0].Suite);
    }

    public IReadOnlyList<string> Countries { get; }

    /// <summary>Where the board is.</summary>
    public Uri Board => _target.Http;

    public string Says => _target.Says;

    public MeasuredProcess Suite => _target.Processes[0];

    /// <summary>Starts it, and has every country observed.</summary>
    public static async Task<BoardSite> OpenAsync(CancellationToken cancellationToken)
    {
        var target = await SuiteTarget.StartAsync(postgresql: false, TimeSpan.Zero, cancellationToken);
        try
        {
            var suite = ((ITarget)target).Administrator.Suite;
            await LoadFramework.DefineAsync(suite, Indicators, cancellationToken);
            var nations = await Nations.ListAsync(suite, cancellationToken);
            BoardSite site = new(target, [.. nations.Where(one => one != Measured).Take(MostCountries - 1).Append(Measured)]);
            await site.FillAsync(cancellationToken);
            return site;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends some news of the other countries.</summary>
    public async Task ReportAsync(int observations)
    {
        RecordObservationsRequest request = new();
        lock (_news)
        {
            for (var i = 0; i < observations; i++)
            {
                request.Observations.Add(_news.Next());
            }
        }

        await _intake.RecordObservationsAsync(request, deadline: Workbench.Deadline);
    }

    /// <summary>Sends one observation of the measured country; gives what is shown of it from then on.</summary>
    public async Task<string> MoveAsync()
    {
        var up = ++_step % 2 == 1;
        await _intake.RecordObservationAsync(new() { Observation = Of(0, up ? 100 : Below) }, deadline: Workbench.Deadline);
        return up ? "50" : "49";
    }

    /// <summary>What the next move is shown as.</summary>
    public string Next => _step % 2 == 0 ? "50" : "49";

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        const int Batch = 1_000;
        for (var left = (Countries.Count - 1) * Indicators; left > 0; left -= Batch)
        {
            await ReportAsync(Math.Min(left, Batch));
        }

        RecordObservationsRequest own = new();
        own.Observations.AddRange(Enumerable.Range(0, Indicators).Select(i => Of(i, Below)));
        await _intake.RecordObservationsAsync(own, cancellationToken: cancellationToken);
    }

    private static Observation Of(int indicator, double value) =>
        new()
        {
            Country = Measured,
            Indicator = LoadFramework.Indicator(indicator),
            Value = value,
            ObservedAt = DateTimeOffset.UtcNow.ToTimestamp(),
            Source = "measure",
        };
}
