using System.Globalization;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.Cli.Scoring;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Frameworks;

/// <summary>
/// Tries a logistic model on a table before it is loaded: what rounding does to it, and whether it gives the figures that were published.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="request">What would be loaded.</param>
/// <param name="table">The table.</param>
internal sealed class ModelTrial(LogisticFile model, CreateFrameworkRequest request, TrainingFile table)
{
    private const double LargeRounding = 0.01;
    private const double Tolerance = 0.0005;
    private const int MostUnits = 1000;
    private const int Shown = 5;

    private static readonly string[] s_times = ["year", "time", "date"];

    /// <summary>Whether a variable is called as columns of times are.</summary>
    public static bool IsTime(string variable) => s_times.Contains(variable, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names the weights that are rounded so far that a typical row's log-odds are not what they were.</summary>
    public void WarnOfRounding(Printer print)
    {
        foreach (var (variable, weight, rounding) in model.Weights)
        {
            if (table.TypicalSize(variable) is { } size && rounding * size >= LargeRounding)
            {
                print.Note(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"ew: the weight of {variable}, {weight:R}, is rounded: at its typical value of {size:G4} the log-odds may be "
                            + $"wrong by {rounding * size:G2}. Take the weights in full precision."
                    )
                );
            }
        }
    }

    /// <summary>
    /// Compares what the suite computes with what was published; false where one differs by more than its rounding and 0.05 %.
    /// </summary>
    public async Task<bool> CompareAsync(string column, CommandContext context, CancellationToken cancellation)
    {
        var published = table.Values(column, "--check");
        var texts = table.DecimalsOf(column);
        var units = table.ToUnits([.. model.Weights.Select(one => one.Variable)]).ToArray();
        var choice = new FrameworkChoice { Definition = request.Framework, Indicators = { request.Indicators } };
        var compared = new List<(string Unit, double Published, double Computed, bool Agrees)>();
        for (var first = 0; first < units.Length; first += MostUnits)
        {
            var part = units.AsSpan(first, Math.Min(MostUnits, units.Length - first)).ToArray();
            var scores = (
                await context.Suite.Scoring.ScoreUnitsAsync(new() { Framework = choice, Units = { part } }, cancellationToken: cancellation)
            ).Scores;
            for (var i = 0; i < part.Length; i++)
            {
                var given = published[first + i];
                if (scores[i].HasScore && !double.IsNaN(given))
                {
                    var room = (Tolerance * Math.Abs(given)) + (0.5 * Math.Pow(10, -texts));
                    compared.Add((part[i].Code, given, scores[i].Score, Math.Abs(scores[i].Score - given) <= room));
                }
            }
        }

        Report(context.Print, column, compared, units.Length);
        return compared.Count > 0 && compared.All(one => one.Agrees);
    }

    private static void Report(
        Printer print,
        string column,
        List<(string Unit, double Published, double Computed, bool Agrees)> compared,
        int units
    )
    {
        var worst = compared.OrderByDescending(one => Math.Abs(one.Computed - one.Published)).ToArray();
        print.Note(
            string.Create(
                CultureInfo.InvariantCulture,
                $"compared with {column}: {compared.Count} of {units} rows, {compared.Count(one => one.Agrees)} agree; largest "
                    + $"difference {(worst.Length > 0 ? Math.Abs(worst[0].Computed - worst[0].Published) : 0):G3}"
            )
        );
        if (compared.Count < units)
        {
            print.Note($"not compared, without a published figure or a value that the model needs: {units - compared.Count} rows");
        }

        foreach (var one in worst.Where(one => !one.Agrees).Take(Shown))
        {
            print.Note(
                string.Create(CultureInfo.InvariantCulture, $"  {one.Unit}: published {one.Published:R}, computed {one.Computed:G6}")
            );
        }
    }
}
