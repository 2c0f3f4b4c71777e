using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew breaches</c> and <c>ew breach</c>.</summary>
internal static class BreachCommands
{
    private const int LargestPage = 500;

    public static EwCommand CreateList()
    {
        var countries = CommonOptions.CountryFilter();
        var threshold = CommonOptions.Text("--threshold", "id", "Of this threshold only.");
        var firing = CommonOptions.Flag("--firing", "Only those that are firing now.");
        var limit = CommonOptions.Limit(50);
        return new EwCommand("breaches", "Lists the breaches of thresholds, newest first.", "ew breaches --firing")
        {
            countries,
            threshold,
            firing,
            limit,
        }.Does(
            async (parse, context, cancellation) =>
            {
                var request = new ListBreachesRequest
                {
                    Countries = { CommonOptions.Countries(parse, countries) },
                    Threshold = parse.GetValue(threshold) is { } id ? NameCompletion.Of("thresholds", id) : "",
                    State = parse.GetValue(firing) ? Breach.Types.State.Firing : default,
                };
                var breaches = await Pages.ShownAsync<Breach>(context.Print, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await context.Suite.Breaches.ListBreachesAsync(
                        new(request) { PageSize = size, PageToken = token },
                        cancellationToken: cancellation
                    );
                    return (page.Breaches, page.NextPageToken);
                });
                if (context.Print.Json)
                {
                    context.Print.Objects(breaches);
                    return ExitCode.Ok;
                }

                context.Print.Table(
                    ["fired", "state", "severity", "country", "threshold", Column.Figure("score"), "breach"],
                    breaches.Select(breach =>
                        new Cell[]
                        {
                            DisplayText.Exercise(breach.Exercise) + DisplayText.Moment(breach.FireTime),
                            StateOf(breach),
                            new(
                                DisplayText.Label(breach.Threshold?.Severity ?? default),
                                DisplayText.ToneOf(breach.Threshold?.Severity ?? default)
                            ),
                            $"{breach.Country} {breach.CountryName}",
                            breach.Threshold?.DisplayName,
                            DisplayText.Figure(breach.HasScore, breach.Score),
                            NameCompletion.Id(breach.Name),
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand CreateGet()
    {
        var id = CommonOptions.Id("breach", "The breach's id.");
        return new EwCommand("breach", "Shows a breach and what moved the score.", "ew breach SDN-5f0c2a9be1d7") { id }.Does(
            async (parse, context, cancellation) =>
            {
                var answer = await context.Suite.Breaches.GetBreachAsync(
                    new() { Name = NameCompletion.Of("breaches", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return context.Show(answer.Breach, breach => PrintOne(context.Print, breach));
            }
        );
    }

    public static Cell StateOf(Breach breach) =>
        new(
            DisplayText.Label(breach.State),
            breach.State switch
            {
                Breach.Types.State.Firing => Tone.Bad,
                Breach.Types.State.Resolved => Tone.Good,

                // Its threshold ended, and nobody knows whether the danger did.
                _ => Tone.Warn,
            }
        );

    private static void PrintOne(Printer print, Breach breach)
    {
        print.Line($"{DisplayText.Exercise(breach.Exercise)}{breach.Name}  {breach.CountryName} ({breach.Country})  ", StateOf(breach));
        print.Line(breach.Sentence);
        print.Line(
            $"threshold  {breach.Threshold?.DisplayName} ({breach.Threshold?.Name}, "
                + $"{DisplayText.Label(breach.Threshold?.Severity ?? default)})"
        );
        print.Line($"fired      {DisplayText.Moment(breach.FireTime)}; ended {DisplayText.Moment(breach.EndTime)}");
        print.Line(
            $"value      {breach.TargetName}: "
                + $"{DisplayText.Figure(breach.HasTargetValue, breach.TargetValue)}"
                + $"{(breach.TargetUnit.Length > 0 ? $" {breach.TargetUnit}" : "")}, "
                + $"range {RiskText.Range(breach.Interval, breach.HasTargetValue)}, coverage "
                + $"{RiskText.Percent(breach.HasCoverage, breach.Coverage)}"
        );
        print.Line(
            $"country    level {RiskText.Level(breach.Level, breach.LevelAtLeast)}, score "
                + $"{DisplayText.Figure(breach.HasScore, breach.Score)}"
        );
        print.Line($"decided    at position {breach.Position} under {breach.Framework}");
        if (breach.Movements.Count > 0)
        {
            print.Line();
            ExplainCommand.PrintMovements(print, breach.Movements);
        }
    }
}
