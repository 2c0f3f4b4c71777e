using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Commands;

/// <summary><c>ew breaches</c> and <c>ew breach</c>.</summary>
internal static class BreachCommands
{
    private const int LargestPage = 500;

    public static EwCommand CreateList()
    {
        var countries = Shared.CountryFilter();
        var threshold = Shared.Text("--threshold", "id", "Of this threshold only.");
        var firing = Shared.Flag("--firing", "Only those that are firing now.");
        var limit = Shared.Limit(50);
        return new EwCommand("breaches", "Lists the breaches of thresholds, newest first.", "ew breaches --firing")
        {
            countries,
            threshold,
            firing,
            limit,
        }.Does(
            async (parse, session, cancellation) =>
            {
                var request = new ListBreachesRequest
                {
                    Countries = { Shared.Countries(parse, countries) },
                    Threshold = parse.GetValue(threshold) is { } id ? Names.Of("thresholds", id) : "",
                    State = parse.GetValue(firing) ? Breach.Types.State.Firing : default,
                };
                var breaches = await Pages.ShownAsync<Breach>(session, parse.GetValue(limit), LargestPage, async (size, token) =>
                {
                    var page = await session.Suite.Breaches.ListBreachesAsync(
                        new(request) { PageSize = size, PageToken = token },
                        cancellationToken: cancellation
                    );
                    return (page.Breaches, page.NextPageToken);
                });
                if (session.Print.Json)
                {
                    session.Print.Objects(breaches);
                    return ExitCode.Ok;
                }

                session.Print.Table(
                    ["fired", "state", "severity", "country", "threshold", Column.Figure("score"), "breach"],
                    breaches.Select(breach =>
                        new Cell[]
                        {
                            Wording.Exercise(breach.Exercise) + Wording.Moment(breach.FireTime),
                            StateOf(breach),
                            new(
                                Wording.Label(breach.Threshold?.Severity ?? default),
                                Wording.ToneOf(breach.Threshold?.Severity ?? default)
                            ),
                            $"{breach.Country} {breach.CountryName}",
                            breach.Threshold?.DisplayName,
                            Wording.Figure(breach.HasScore, breach.Score),
                            Names.Id(breach.Name),
                        }
                    )
                );
                return ExitCode.Ok;
            }
        );
    }

    public static EwCommand CreateGet()
    {
        var id = Shared.Id("breach", "The breach's id.");
        return new EwCommand("breach", "Shows a breach and what moved the score.", "ew breach SDN-5f0c2a9be1d7") { id }.Does(
            async (parse, session, cancellation) =>
            {
                var answer = await session.Suite.Breaches.GetBreachAsync(
                    new() { Name = Names.Of("breaches", parse.GetRequiredValue(id)) },
                    cancellationToken: cancellation
                );
                return session.Show(answer.Breach, breach => PrintOne(session.Print, breach));
            }
        );
    }

    public static Cell StateOf(Breach breach) =>
        new(
            Wording.Label(breach.State),
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
        print.Line($"{Wording.Exercise(breach.Exercise)}{breach.Name}  {breach.CountryName} ({breach.Country})  ", StateOf(breach));
        print.Line(breach.Sentence);
        print.Line(
            $"threshold  {breach.Threshold?.DisplayName} ({breach.Threshold?.Name}, {Wording.Label(breach.Threshold?.Severity ?? default)})"
        );
        print.Line($"fired      {Wording.Moment(breach.FireTime)}; ended {Wording.Moment(breach.EndTime)}");
        print.Line(
            $"value      {breach.TargetName}: {Wording.Figure(breach.HasTargetValue, breach.TargetValue)}{(breach.TargetUnit.Length > 0 ? $" {breach.TargetUnit}" : "")}, "
                + $"range {RiskWording.Range(breach.Interval, breach.HasTargetValue)}, coverage "
                + $"{RiskWording.Percent(breach.HasCoverage, breach.Coverage)}"
        );
        print.Line(
            $"country    level {RiskWording.Level(breach.Level, breach.LevelAtLeast)}, score "
                + $"{Wording.Figure(breach.HasScore, breach.Score)}"
        );
        print.Line($"decided    at position {breach.Position} under {breach.Framework}");
        if (breach.Movements.Count > 0)
        {
            print.Line();
            ExplainCommand.PrintMovements(print, breach.Movements);
        }
    }
}
